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
        ipv6-network-group SITE {
            network "fd40::/64"
        }
        network-group SITE {
            network "10.10.0.0/24"
            network "10.40.0.0/24"
        }
    }
    ipv4 {
        name LOCAL.wan {
            default-action "drop"
            default-log
            rule 10 {
                action "accept"
                description "flat/router to flat/internet"
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
                description "flat/router to flat/internet"
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
                description "flat/router to flat/internet"
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
                description "flat/router to flat/internet"
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
                description "flat/router to flat/internet"
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
                description "flat/management to flat/router"
                icmp {
                    type-name "echo-request"
                }
                protocol "icmp"
                source {
                    address "10.10.0.0/24"
                }
            }
            rule 20 {
                action "accept"
                description "flat/management to flat/router"
                destination {
                    port "22"
                }
                protocol "tcp"
                source {
                    address "10.10.0.0/24"
                }
            }
            rule 30 {
                action "accept"
                description "flat/management to flat/router"
                destination {
                    port "53"
                }
                protocol "tcp"
                source {
                    address "10.10.0.0/24"
                }
            }
            rule 40 {
                action "accept"
                description "flat/management to flat/router"
                destination {
                    port "53"
                }
                protocol "udp"
                source {
                    address "10.10.0.0/24"
                }
            }
            rule 50 {
                action "accept"
                description "flat/management to flat/router"
                destination {
                    port "123"
                }
                protocol "udp"
                source {
                    address "10.10.0.0/24"
                }
            }
        }
        name people.LOCAL {
            default-action "drop"
            default-log
            rule 10 {
                action "accept"
                description "flat/people to flat/router"
                icmp {
                    type-name "echo-request"
                }
                protocol "icmp"
                source {
                    address "10.40.0.0/24"
                }
            }
            rule 20 {
                action "accept"
                description "flat/people to flat/router"
                destination {
                    port "53"
                }
                protocol "tcp"
                source {
                    address "10.40.0.0/24"
                }
            }
            rule 30 {
                action "accept"
                description "flat/people to flat/router"
                destination {
                    port "53"
                }
                protocol "udp"
                source {
                    address "10.40.0.0/24"
                }
            }
            rule 40 {
                action "accept"
                description "flat/people to flat/router"
                destination {
                    port "123"
                }
                protocol "udp"
                source {
                    address "10.40.0.0/24"
                }
            }
        }
        name people.wan {
            default-action "drop"
            default-log
            rule 10 {
                action "accept"
                description "flat/people to flat/internet"
                destination {
                    group {
                        network-group "!SITE"
                    }
                    port "443"
                }
                protocol "tcp"
                source {
                    address "10.40.0.0/24"
                }
            }
        }
        name wan.people {
            default-action "drop"
            default-log
            rule 10 {
                action "accept"
                description "flat/internet to flat/people/door"
                destination {
                    address "10.40.0.7"
                    port "8443"
                }
                protocol "tcp"
                source {
                    group {
                        network-group "!SITE"
                    }
                }
            }
        }
    }
    ipv6 {
        name LOCAL.people {
            default-action "drop"
            default-log
            rule 1 {
                action "accept"
                description "neighbor discovery"
                icmpv6 {
                    type-name "nd-neighbor-solicit"
                }
                protocol "ipv6-icmp"
            }
            rule 2 {
                action "accept"
                description "neighbor discovery"
                icmpv6 {
                    type-name "nd-neighbor-advert"
                }
                protocol "ipv6-icmp"
            }
            rule 3 {
                action "accept"
                description "neighbor discovery"
                icmpv6 {
                    type-name "nd-router-solicit"
                }
                protocol "ipv6-icmp"
            }
            rule 4 {
                action "accept"
                description "neighbor discovery"
                icmpv6 {
                    type-name "nd-router-advert"
                }
                protocol "ipv6-icmp"
            }
        }
        name people.LOCAL {
            default-action "drop"
            default-log
            rule 1 {
                action "accept"
                description "neighbor discovery"
                icmpv6 {
                    type-name "nd-neighbor-solicit"
                }
                protocol "ipv6-icmp"
            }
            rule 2 {
                action "accept"
                description "neighbor discovery"
                icmpv6 {
                    type-name "nd-neighbor-advert"
                }
                protocol "ipv6-icmp"
            }
            rule 3 {
                action "accept"
                description "neighbor discovery"
                icmpv6 {
                    type-name "nd-router-solicit"
                }
                protocol "ipv6-icmp"
            }
            rule 4 {
                action "accept"
                description "neighbor discovery"
                icmpv6 {
                    type-name "nd-router-advert"
                }
                protocol "ipv6-icmp"
            }
            rule 10 {
                action "accept"
                description "flat/people to flat/router"
                icmpv6 {
                    type-name "echo-request"
                }
                protocol "ipv6-icmp"
                source {
                    address "fd40::/64"
                }
            }
            rule 20 {
                action "accept"
                description "flat/people to flat/router"
                destination {
                    port "53"
                }
                protocol "tcp"
                source {
                    address "fd40::/64"
                }
            }
            rule 30 {
                action "accept"
                description "flat/people to flat/router"
                destination {
                    port "53"
                }
                protocol "udp"
                source {
                    address "fd40::/64"
                }
            }
            rule 40 {
                action "accept"
                description "flat/people to flat/router"
                destination {
                    port "123"
                }
                protocol "udp"
                source {
                    address "fd40::/64"
                }
            }
        }
    }
    zone LOCAL {
        default-action "drop"
        default-log
        from management {
            firewall {
                name "management.LOCAL"
            }
        }
        from people {
            firewall {
                ipv6-name "people.LOCAL"
                name "people.LOCAL"
            }
        }
        local-zone
    }
    zone management {
        default-action "drop"
        default-log
        description "flat/management"
        interface "eth1"
    }
    zone people {
        default-action "drop"
        default-log
        description "flat/people"
        from LOCAL {
            firewall {
                ipv6-name "LOCAL.people"
            }
        }
        from wan {
            firewall {
                name "wan.people"
            }
        }
        interface "eth2"
    }
    zone wan {
        default-action "drop"
        default-log
        from LOCAL {
            firewall {
                name "LOCAL.wan"
            }
        }
        from people {
            firewall {
                name "people.wan"
            }
        }
        interface "pppoe0"
    }
}
interfaces {
    ethernet eth0 {
        description "access concentrator"
    }
    ethernet eth1 {
        address "10.10.0.1/24"
        description "management"
    }
    ethernet eth2 {
        address "10.40.0.1/24"
        address "fd40::1/64"
        description "people"
    }
    loopback lo {
    }
    pppoe pppoe0 {
        authentication {
            username "customer@provider.example"
        }
        ip {
            adjust-mss "clamp-mss-to-pmtu"
        }
        ipv6 {
            adjust-mss "clamp-mss-to-pmtu"
        }
        mtu "1492"
        no-peer-dns
        source-interface "eth0"
    }
}
nat {
    destination {
        rule 10 {
            description "flat/internet to flat/people/door"
            destination {
                port "8443"
            }
            inbound-interface {
                name "pppoe0"
            }
            protocol "tcp"
            translation {
                address "10.40.0.7"
            }
        }
    }
    source {
        rule 10 {
            description "people to wan"
            outbound-interface {
                name "pppoe0"
            }
            source {
                address "10.40.0.0/24"
            }
            translation {
                address "masquerade"
            }
        }
    }
}
protocols {
    static {
    }
}
service {
    dns {
        forwarding {
            allow-from "10.10.0.0/24"
            allow-from "10.40.0.0/24"
            allow-from "fd40::/64"
            authoritative-domain flat.example.net {
                records {
                    a desk {
                        address "10.10.0.9"
                    }
                    a door {
                        address "10.40.0.7"
                    }
                    aaaa door {
                        address "fd40::7"
                    }
                    cname home {
                        target "door.flat.example.net"
                    }
                }
            }
            dnssec "process"
            listen-address "10.10.0.1"
            listen-address "10.40.0.1"
            listen-address "fd40::1"
            name-server 149.112.112.112 {
            }
            name-server 9.9.9.9 {
            }
        }
    }
    ntp {
        allow-client {
            address "10.10.0.0/24"
            address "10.40.0.0/24"
            address "fd40::/64"
        }
        listen-address "10.10.0.1"
        listen-address "10.40.0.1"
        listen-address "fd40::1"
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
    router-advert {
        interface eth2 {
            dnssl "flat.example.net"
            name-server "fd40::1"
            prefix fd40::/64 {
            }
        }
    }
    ssh {
        client-keepalive-interval "180"
        disable-password-authentication
        listen-address "10.10.0.1"
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
    domain-name "flat.example.net"
    host-name "router"
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
