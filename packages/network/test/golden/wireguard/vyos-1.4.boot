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
        source-validation "loose"
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
            network "fd54::/64"
        }
        network-group SITE {
            network "10.10.0.0/24"
            network "203.0.113.32/27"
            network "10.255.0.0/30"
            network "10.254.0.0/24"
            network "192.168.50.0/24"
        }
    }
    ipv4 {
        name LOCAL.wan {
            default-action "drop"
            default-log
            rule 10 {
                action "accept"
                description "hosting/router to hosting/internet"
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
                description "hosting/router to hosting/internet"
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
                description "hosting/router to hosting/internet"
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
                description "hosting/router to hosting/internet"
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
                description "hosting/router to hosting/internet"
                destination {
                    group {
                        network-group "!SITE"
                    }
                    port "67"
                }
                protocol "udp"
            }
            rule 60 {
                action "accept"
                description "hosting/router to hosting/internet"
                destination {
                    group {
                        network-group "!SITE"
                    }
                    port "123"
                }
                protocol "udp"
            }
            rule 70 {
                action "accept"
                description "hosting/router to hosting/internet"
                destination {
                    group {
                        network-group "!SITE"
                    }
                    port "51820"
                }
                protocol "udp"
            }
            rule 80 {
                action "accept"
                description "hosting/router to hosting/internet"
                destination {
                    group {
                        network-group "!SITE"
                    }
                    port "51900"
                }
                protocol "udp"
            }
        }
        name dmz.LOCAL {
            default-action "drop"
            default-log
            rule 10 {
                action "accept"
                description "hosting/dmz to hosting/router"
                icmp {
                    type-name "echo-request"
                }
                protocol "icmp"
                source {
                    address "203.0.113.32/27"
                }
            }
            rule 20 {
                action "accept"
                description "hosting/dmz to hosting/router"
                destination {
                    port "53"
                }
                protocol "tcp"
                source {
                    address "203.0.113.32/27"
                }
            }
            rule 30 {
                action "accept"
                description "hosting/dmz to hosting/router"
                destination {
                    port "53"
                }
                protocol "udp"
                source {
                    address "203.0.113.32/27"
                }
            }
            rule 40 {
                action "accept"
                description "hosting/dmz to hosting/router"
                destination {
                    port "123"
                }
                protocol "udp"
                source {
                    address "203.0.113.32/27"
                }
            }
        }
        name dmz.wg0 {
            default-action "drop"
            default-log
            rule 10 {
                action "accept"
                description "hosting/dmz to hosting/internet"
                destination {
                    group {
                        network-group "!SITE"
                    }
                    port "443"
                }
                protocol "tcp"
                source {
                    address "203.0.113.32/27"
                }
            }
        }
        name management.LOCAL {
            default-action "drop"
            default-log
            rule 10 {
                action "accept"
                description "hosting/management to hosting/router"
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
                description "hosting/management to hosting/router"
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
                description "hosting/management to hosting/router"
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
                description "hosting/management to hosting/router"
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
                description "hosting/management to hosting/router"
                destination {
                    port "123"
                }
                protocol "udp"
                source {
                    address "10.10.0.0/24"
                }
            }
        }
        name wan.LOCAL {
            default-action "drop"
            default-log
            rule 10 {
                action "accept"
                description "hosting/internet to hosting/router"
                destination {
                    port "51821"
                }
                protocol "udp"
                source {
                    group {
                        network-group "!SITE"
                    }
                }
            }
        }
        name wg0.dmz {
            default-action "drop"
            default-log
            rule 10 {
                action "accept"
                description "hosting/internet to hosting/dmz/web"
                destination {
                    address "203.0.113.34"
                    port "443"
                }
                protocol "tcp"
                source {
                    group {
                        network-group "!SITE"
                    }
                }
            }
        }
        name wg1.LOCAL {
            default-action "drop"
            default-log
            rule 10 {
                action "accept"
                description "hosting/router/wg1/laptop to hosting/router"
                destination {
                    port "22"
                }
                protocol "tcp"
                source {
                    address "10.254.0.2"
                }
            }
        }
        name wg1.dmz {
            default-action "drop"
            default-log
            rule 10 {
                action "accept"
                description "hosting/router/wg1/laptop to hosting/dmz/web"
                destination {
                    address "203.0.113.34"
                    port "22"
                }
                protocol "tcp"
                source {
                    address "10.254.0.2"
                }
            }
            rule 20 {
                action "accept"
                description "hosting/router/wg1/office to hosting/dmz/web"
                destination {
                    address "203.0.113.34"
                    port "22"
                }
                protocol "tcp"
                source {
                    address "192.168.50.0/24"
                }
            }
        }
        name wg1.wg1 {
            default-action "drop"
            default-log
            rule 10 {
                action "accept"
                description "hosting/router/wg1/office to hosting/router/wg1/laptop"
                destination {
                    address "10.254.0.2"
                    port "445"
                }
                protocol "tcp"
                source {
                    address "192.168.50.0/24"
                }
            }
        }
    }
    ipv6 {
        name LOCAL.wg1 {
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
        name wg1.LOCAL {
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
                description "hosting/router/wg1/laptop to hosting/router"
                destination {
                    port "22"
                }
                protocol "tcp"
                source {
                    address "fd54::2"
                }
            }
        }
    }
    zone LOCAL {
        default-action "drop"
        default-log
        from dmz {
            firewall {
                name "dmz.LOCAL"
            }
        }
        from management {
            firewall {
                name "management.LOCAL"
            }
        }
        from wan {
            firewall {
                name "wan.LOCAL"
            }
        }
        from wg1 {
            firewall {
                ipv6-name "wg1.LOCAL"
                name "wg1.LOCAL"
            }
        }
        local-zone
    }
    zone dmz {
        default-action "drop"
        default-log
        description "hosting/dmz"
        from wg0 {
            firewall {
                name "wg0.dmz"
            }
        }
        from wg1 {
            firewall {
                name "wg1.dmz"
            }
        }
        interface "eth1.20"
    }
    zone management {
        default-action "drop"
        default-log
        description "hosting/management"
        interface "eth1.10"
    }
    zone wan {
        default-action "drop"
        default-log
        from LOCAL {
            firewall {
                name "LOCAL.wan"
            }
        }
        interface "eth0"
    }
    zone wg0 {
        default-action "drop"
        default-log
        from dmz {
            firewall {
                name "dmz.wg0"
            }
        }
        interface "wg0"
        intra-zone-filtering {
            action "drop"
        }
    }
    zone wg1 {
        default-action "drop"
        default-log
        from LOCAL {
            firewall {
                ipv6-name "LOCAL.wg1"
            }
        }
        interface "wg1"
        intra-zone-filtering {
            firewall {
                name "wg1.wg1"
            }
        }
    }
}
interfaces {
    ethernet eth0 {
        address "dhcp"
        description "wan"
    }
    ethernet eth1 {
        description "segments, tagged"
        vif 10 {
            address "10.10.0.1/24"
            description "management"
        }
        vif 20 {
            address "203.0.113.33/27"
            description "dmz"
        }
    }
    loopback lo {
    }
    wireguard wg0 {
        address "10.255.0.2/30"
        description "hosting/router/wg0"
        ip {
            adjust-mss "1380"
        }
        ipv6 {
            adjust-mss "1360"
        }
        mtu "1420"
        peer transit {
            address "198.51.100.1"
            allowed-ips "0.0.0.0/0"
            persistent-keepalive "25"
            port "51820"
            public-key "ttttttttttttttttttttttttttttttttttttttttttA="
        }
        port "51820"
    }
    wireguard wg1 {
        address "10.254.0.1/24"
        address "fd54::1/64"
        description "hosting/router/wg1"
        ip {
            adjust-mss "1380"
        }
        ipv6 {
            adjust-mss "1360"
        }
        mtu "1420"
        peer laptop {
            allowed-ips "10.254.0.2/32"
            allowed-ips "fd54::2/128"
            public-key "llllllllllllllllllllllllllllllllllllllllllA="
        }
        peer office {
            allowed-ips "192.168.50.0/24"
            persistent-keepalive "15"
            public-key "ppppppppppppppppppppppppppppppppppppppppppA="
        }
        port "51821"
    }
}
policy {
    route dmz {
        interface "eth1.20"
        rule 10 {
            destination {
                group {
                    network-group "!SITE"
                }
            }
            set {
                table "100"
            }
            source {
                address "203.0.113.32/27"
            }
        }
    }
}
protocols {
    static {
        route 10.254.0.2/32 {
            interface wg1 {
            }
        }
        route 192.168.50.0/24 {
            interface wg1 {
            }
        }
        route6 fd54::2/128 {
            interface wg1 {
            }
        }
        table 100 {
            description "out by wg0"
            route 0.0.0.0/0 {
                interface wg0 {
                }
            }
            route6 ::/0 {
                interface wg0 {
                }
            }
        }
    }
}
service {
    dns {
        forwarding {
            allow-from "10.10.0.0/24"
            allow-from "203.0.113.32/27"
            authoritative-domain hosting.example.net {
                records {
                    a desk {
                        address "10.10.0.9"
                    }
                    a web {
                        address "203.0.113.34"
                    }
                }
            }
            dnssec "process"
            listen-address "10.10.0.1"
            listen-address "203.0.113.33"
            name-server 149.112.112.112 {
            }
            name-server 9.9.9.9 {
            }
        }
    }
    ntp {
        allow-client {
            address "10.10.0.0/24"
            address "203.0.113.32/27"
        }
        listen-address "10.10.0.1"
        listen-address "203.0.113.33"
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
    domain-name "hosting.example.net"
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
    task-scheduler {
        task wireguard-endpoints {
            crontab-spec "* * * * *"
            executable {
                path "/config/scripts/wireguard-endpoints.sh"
            }
        }
    }
    time-zone "UTC"
}

// Warning: Do not remove the following line.
// vyos-config-version: "bgp@5:broadcast-relay@1:cluster@2:config-management@1:conntrack-sync@2:conntrack@5:container@2:dhcp-relay@2:dhcp-server@8:dhcpv6-server@1:dns-dynamic@4:dns-forwarding@4:firewall@15:flow-accounting@1:https@6:ids@1:interfaces@32:ipoe-server@3:ipsec@13:isis@3:l2tp@9:lldp@2:mdns@1:monitoring@1:nat66@3:nat@8:ntp@3:openconnect@3:ospf@2:pim@1:policy@8:pppoe-server@10:pptp@5:qos@2:quagga@11:reverse-proxy@1:rip@1:rpki@2:salt@1:snmp@3:ssh@2:sstp@6:system@27:vrf@3:vrrp@4:vyos-accel-ppp@2:wanloadbalance@3:webproxy@2"
// Release version: 1.4.3
