firewall {
    global-options {
        all-ping "enable"
        broadcast-ping "disable"
        ip-src-route "disable"
        ipv6-receive-redirects "disable"
        ipv6-src-route "disable"
        log-martians "enable"
        receive-redirects "disable"
        send-redirects "disable"
        source-validation "strict"
        state-policy {
            established {
                action "accept"
            }
            invalid {
                action "drop"
                log
            }
            related {
                action "accept"
            }
        }
        syn-cookies "enable"
    }
    group {
        network-group SITE {
            network "192.168.10.0/24"
            network "10.3.10.0/24"
            network "10.3.20.0/24"
            network "10.3.30.0/24"
        }
    }
    ipv4 {
        name LOCAL.office {
            default-action "drop"
            default-log
            rule 10 {
                action "accept"
                description "dev-sandbox/gateway to dev-sandbox/internet"
                destination {
                    group {
                        network-group "!SITE"
                    }
                }
                icmp {
                    type-name "echo-request"
                }
                protocol "icmp"
            }
            rule 20 {
                action "accept"
                description "dev-sandbox/gateway to dev-sandbox/internet"
                destination {
                    group {
                        network-group "!SITE"
                    }
                    port "53"
                }
                protocol "tcp"
            }
            rule 30 {
                action "accept"
                description "dev-sandbox/gateway to dev-sandbox/internet"
                destination {
                    group {
                        network-group "!SITE"
                    }
                    port "443"
                }
                protocol "tcp"
            }
            rule 40 {
                action "accept"
                description "dev-sandbox/gateway to dev-sandbox/internet"
                destination {
                    group {
                        network-group "!SITE"
                    }
                    port "53"
                }
                protocol "udp"
            }
            rule 50 {
                action "accept"
                description "dev-sandbox/gateway to dev-sandbox/internet"
                destination {
                    group {
                        network-group "!SITE"
                    }
                    port "123"
                }
                protocol "udp"
            }
        }
        name management.LOCAL {
            default-action "drop"
            default-log
            rule 10 {
                action "accept"
                description "dev-sandbox/management to dev-sandbox/gateway"
                icmp {
                    type-name "echo-request"
                }
                protocol "icmp"
                source {
                    address "10.3.10.0/24"
                }
            }
            rule 20 {
                action "accept"
                description "dev-sandbox/management to dev-sandbox/gateway"
                destination {
                    port "22"
                }
                protocol "tcp"
                source {
                    address "10.3.10.0/24"
                }
            }
            rule 30 {
                action "accept"
                description "dev-sandbox/management to dev-sandbox/gateway"
                destination {
                    port "53"
                }
                protocol "tcp"
                source {
                    address "10.3.10.0/24"
                }
            }
            rule 40 {
                action "accept"
                description "dev-sandbox/management to dev-sandbox/gateway"
                destination {
                    port "53"
                }
                protocol "udp"
                source {
                    address "10.3.10.0/24"
                }
            }
            rule 50 {
                action "accept"
                description "dev-sandbox/management to dev-sandbox/gateway"
                destination {
                    port "123"
                }
                protocol "udp"
                source {
                    address "10.3.10.0/24"
                }
            }
        }
        name management.office {
            default-action "drop"
            default-log
            rule 10 {
                action "accept"
                description "dev-sandbox/management to dev-sandbox/internet"
                destination {
                    group {
                        network-group "!SITE"
                    }
                    port "80"
                }
                protocol "tcp"
                source {
                    address "10.3.10.0/24"
                }
            }
            rule 20 {
                action "accept"
                description "dev-sandbox/management to dev-sandbox/internet"
                destination {
                    group {
                        network-group "!SITE"
                    }
                    port "443"
                }
                protocol "tcp"
                source {
                    address "10.3.10.0/24"
                }
            }
        }
        name management.services {
            default-action "drop"
            default-log
            rule 10 {
                action "accept"
                description "dev-sandbox/management to dev-sandbox/commons/pve/swarm-1"
                destination {
                    address "10.3.20.21"
                    port "22"
                }
                protocol "tcp"
                source {
                    address "10.3.10.0/24"
                }
            }
            rule 20 {
                action "accept"
                description "dev-sandbox/management to dev-sandbox/commons/pve/swarm-2"
                destination {
                    address "10.3.20.22"
                    port "22"
                }
                protocol "tcp"
                source {
                    address "10.3.10.0/24"
                }
            }
            rule 30 {
                action "accept"
                description "dev-sandbox/management to dev-sandbox/commons/pve/swarm-3"
                destination {
                    address "10.3.20.23"
                    port "22"
                }
                protocol "tcp"
                source {
                    address "10.3.10.0/24"
                }
            }
        }
        name services.LOCAL {
            default-action "drop"
            default-log
            rule 10 {
                action "accept"
                description "dev-sandbox/services to dev-sandbox/gateway"
                icmp {
                    type-name "echo-request"
                }
                protocol "icmp"
                source {
                    address "10.3.20.0/24"
                }
            }
            rule 20 {
                action "accept"
                description "dev-sandbox/services to dev-sandbox/gateway"
                destination {
                    port "53"
                }
                protocol "tcp"
                source {
                    address "10.3.20.0/24"
                }
            }
            rule 30 {
                action "accept"
                description "dev-sandbox/services to dev-sandbox/gateway"
                destination {
                    port "53"
                }
                protocol "udp"
                source {
                    address "10.3.20.0/24"
                }
            }
            rule 40 {
                action "accept"
                description "dev-sandbox/services to dev-sandbox/gateway"
                destination {
                    port "123"
                }
                protocol "udp"
                source {
                    address "10.3.20.0/24"
                }
            }
        }
        name services.office {
            default-action "drop"
            default-log
            rule 10 {
                action "accept"
                description "dev-sandbox/services to dev-sandbox/internet"
                destination {
                    group {
                        network-group "!SITE"
                    }
                    port "80"
                }
                protocol "tcp"
                source {
                    address "10.3.20.0/24"
                }
            }
            rule 20 {
                action "accept"
                description "dev-sandbox/services to dev-sandbox/internet"
                destination {
                    group {
                        network-group "!SITE"
                    }
                    port "443"
                }
                protocol "tcp"
                source {
                    address "10.3.20.0/24"
                }
            }
        }
        name workplaces.LOCAL {
            default-action "drop"
            default-log
            rule 10 {
                action "accept"
                description "dev-sandbox/workplaces to dev-sandbox/gateway"
                icmp {
                    type-name "echo-request"
                }
                protocol "icmp"
                source {
                    address "10.3.30.0/24"
                }
            }
            rule 20 {
                action "accept"
                description "dev-sandbox/workplaces to dev-sandbox/gateway"
                destination {
                    port "53"
                }
                protocol "tcp"
                source {
                    address "10.3.30.0/24"
                }
            }
            rule 30 {
                action "accept"
                description "dev-sandbox/workplaces to dev-sandbox/gateway"
                destination {
                    port "53"
                }
                protocol "udp"
                source {
                    address "10.3.30.0/24"
                }
            }
            rule 40 {
                action "accept"
                description "dev-sandbox/workplaces to dev-sandbox/gateway"
                destination {
                    port "123"
                }
                protocol "udp"
                source {
                    address "10.3.30.0/24"
                }
            }
        }
        name workplaces.office {
            default-action "drop"
            default-log
            rule 10 {
                action "accept"
                description "dev-sandbox/workplaces to dev-sandbox/internet"
                destination {
                    group {
                        network-group "!SITE"
                    }
                    port "80"
                }
                protocol "tcp"
                source {
                    address "10.3.30.0/24"
                }
            }
            rule 20 {
                action "accept"
                description "dev-sandbox/workplaces to dev-sandbox/internet"
                destination {
                    group {
                        network-group "!SITE"
                    }
                    port "443"
                }
                protocol "tcp"
                source {
                    address "10.3.30.0/24"
                }
            }
        }
        name workplaces.services {
            default-action "drop"
            default-log
            rule 10 {
                action "accept"
                description "dev-sandbox/dev-alice/alice/alice to dev-sandbox/commons/pve/db"
                destination {
                    address "10.3.20.10"
                    port "5432"
                }
                protocol "tcp"
                source {
                    address "10.3.30.2"
                }
            }
            rule 20 {
                action "accept"
                description "dev-sandbox/dev-bob/bob/bob to dev-sandbox/commons/pve/db"
                destination {
                    address "10.3.20.10"
                    port "5432"
                }
                protocol "tcp"
                source {
                    address "10.3.30.3"
                }
            }
            rule 30 {
                action "accept"
                description "dev-sandbox/dev-carol/carol/carol to dev-sandbox/commons/pve/db"
                destination {
                    address "10.3.20.10"
                    port "5432"
                }
                protocol "tcp"
                source {
                    address "10.3.30.4"
                }
            }
            rule 40 {
                action "accept"
                description "dev-sandbox/workplaces to dev-sandbox/commons/pve/swarm-1"
                destination {
                    address "10.3.20.21"
                    port "8443"
                }
                protocol "tcp"
                source {
                    address "10.3.30.0/24"
                }
            }
            rule 50 {
                action "accept"
                description "dev-sandbox/workplaces to dev-sandbox/commons/pve/swarm-2"
                destination {
                    address "10.3.20.22"
                    port "8443"
                }
                protocol "tcp"
                source {
                    address "10.3.30.0/24"
                }
            }
            rule 60 {
                action "accept"
                description "dev-sandbox/workplaces to dev-sandbox/commons/pve/swarm-3"
                destination {
                    address "10.3.20.23"
                    port "8443"
                }
                protocol "tcp"
                source {
                    address "10.3.30.0/24"
                }
            }
        }
    }
    ipv6 {
    }
    zone LOCAL {
        default-action "drop"
        default-log
        from management {
            firewall {
                name "management.LOCAL"
            }
        }
        from services {
            firewall {
                name "services.LOCAL"
            }
        }
        from workplaces {
            firewall {
                name "workplaces.LOCAL"
            }
        }
        local-zone
    }
    zone management {
        default-action "drop"
        default-log
        description "dev-sandbox/management"
        interface "eth1.310"
    }
    zone office {
        default-action "drop"
        default-log
        description "dev-sandbox/office"
        from LOCAL {
            firewall {
                name "LOCAL.office"
            }
        }
        from management {
            firewall {
                name "management.office"
            }
        }
        from services {
            firewall {
                name "services.office"
            }
        }
        from workplaces {
            firewall {
                name "workplaces.office"
            }
        }
        interface "eth0"
    }
    zone services {
        default-action "drop"
        default-log
        description "dev-sandbox/services"
        from management {
            firewall {
                name "management.services"
            }
        }
        from workplaces {
            firewall {
                name "workplaces.services"
            }
        }
        interface "eth1.320"
    }
    zone workplaces {
        default-action "drop"
        default-log
        description "dev-sandbox/workplaces"
        interface "eth1.330"
    }
}
interfaces {
    ethernet eth0 {
        address "192.168.10.2/24"
        description "office"
    }
    ethernet eth1 {
        description "segments, tagged"
        vif 310 {
            address "10.3.10.1/24"
            description "management"
        }
        vif 320 {
            address "10.3.20.1/24"
            description "services"
        }
        vif 330 {
            address "10.3.30.1/24"
            description "workplaces"
        }
    }
    loopback lo {
    }
}
nat {
    destination {
    }
    source {
        rule 10 {
            description "management to office"
            outbound-interface {
                name "eth0"
            }
            source {
                address "10.3.10.0/24"
            }
            translation {
                address "masquerade"
            }
        }
        rule 20 {
            description "services to office"
            outbound-interface {
                name "eth0"
            }
            source {
                address "10.3.20.0/24"
            }
            translation {
                address "masquerade"
            }
        }
        rule 30 {
            description "workplaces to office"
            outbound-interface {
                name "eth0"
            }
            source {
                address "10.3.30.0/24"
            }
            translation {
                address "masquerade"
            }
        }
    }
}
protocols {
    static {
        route 0.0.0.0/0 {
            next-hop 192.168.10.1 {
            }
        }
    }
}
service {
    dns {
        forwarding {
            allow-from "10.3.10.0/24"
            allow-from "10.3.20.0/24"
            allow-from "10.3.30.0/24"
            authoritative-domain dev.example.net {
                records {
                    a alice {
                        address "10.3.30.2"
                    }
                    a bob {
                        address "10.3.30.3"
                    }
                    a carol {
                        address "10.3.30.4"
                    }
                    a db {
                        address "10.3.20.10"
                    }
                    a dev-01 {
                        address "10.3.10.10"
                    }
                    a dev-02 {
                        address "10.3.10.11"
                    }
                    a dev-03 {
                        address "10.3.10.12"
                    }
                    a nas {
                        address "10.3.20.9"
                    }
                    a sandbox-gateway {
                        address "192.168.10.2"
                    }
                    a swarm-1 {
                        address "10.3.20.21"
                    }
                    a swarm-2 {
                        address "10.3.20.22"
                    }
                    a swarm-3 {
                        address "10.3.20.23"
                    }
                }
            }
            dnssec "process"
            listen-address "10.3.10.1"
            listen-address "10.3.20.1"
            listen-address "10.3.30.1"
            name-server 149.112.112.112 {
            }
            name-server 9.9.9.9 {
            }
        }
    }
    ntp {
        allow-client {
            address "10.3.10.0/24"
            address "10.3.20.0/24"
            address "10.3.30.0/24"
        }
        listen-address "10.3.10.1"
        listen-address "10.3.20.1"
        listen-address "10.3.30.1"
        server 0.pool.ntp.org {
            pool
        }
        server 1.pool.ntp.org {
            pool
        }
        server 2.pool.ntp.org {
            pool
        }
    }
    ssh {
        client-keepalive-interval "180"
        disable-password-authentication
        listen-address "10.3.10.1"
        port "22"
    }
}
system {
    config-management {
        commit-revisions "100"
    }
    console {
        device ttyS0 {
            speed "115200"
        }
    }
    domain-name "dev.example.net"
    host-name "gateway"
    login {
        user admin {
            authentication {
                encrypted-password "*"
                public-keys admin@example.net {
                    key "AAAAC3NzaC1lZDI1NTE5AAAAIMr5+QaxapHLAWDFCr2si9bbmig/qXUfmAHvmRVUtGqK"
                    type "ssh-ed25519"
                }
            }
        }
    }
    name-server "9.9.9.9"
    name-server "149.112.112.112"
    syslog {
        global {
            facility all {
                level "info"
            }
            facility local7 {
                level "debug"
            }
        }
    }
    time-zone "UTC"
}

// Warning: Do not remove the following line.
// vyos-config-version: "bgp@5:broadcast-relay@1:cluster@2:config-management@1:conntrack-sync@2:conntrack@5:container@2:dhcp-relay@2:dhcp-server@11:dhcpv6-server@6:dns-dynamic@4:dns-forwarding@4:firewall@17:flow-accounting@1:https@7:ids@1:interfaces@33:ipoe-server@4:ipsec@13:isis@3:l2tp@9:lldp@2:mdns@1:monitoring@1:nat66@3:nat@8:ntp@3:openconnect@3:openvpn@4:ospf@2:pim@1:policy@8:pppoe-server@11:pptp@5:qos@2:quagga@11:reverse-proxy@2:rip@1:rpki@2:salt@1:snmp@3:ssh@2:sstp@6:system@27:vrf@3:vrrp@4:vyos-accel-ppp@2:wanloadbalance@3:webproxy@2"
// Release version: 1.5-rolling
