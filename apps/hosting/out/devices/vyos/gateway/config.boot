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
        network-group SITE {
            network "192.168.178.0/24"
            network "10.2.10.0/24"
            network "10.2.20.0/22"
            network "203.0.113.32/27"
            network "10.2.40.0/24"
            network "10.2.255.0/30"
            network "10.2.254.0/24"
        }
    }
    ipv4 {
        name LOCAL.dmz {
            default-action "drop"
            default-log
            rule 10 {
                action "accept"
                description "hosting/gateway to hosting/dmz/ns1"
                destination {
                    address "203.0.113.36"
                    port "53"
                }
                protocol "tcp"
            }
            rule 20 {
                action "accept"
                description "hosting/gateway to hosting/dmz/ns2"
                destination {
                    address "203.0.113.37"
                    port "53"
                }
                protocol "tcp"
            }
            rule 30 {
                action "accept"
                description "hosting/gateway to hosting/dmz/ns1"
                destination {
                    address "203.0.113.36"
                    port "53"
                }
                protocol "udp"
            }
            rule 40 {
                action "accept"
                description "hosting/gateway to hosting/dmz/ns2"
                destination {
                    address "203.0.113.37"
                    port "53"
                }
                protocol "udp"
            }
        }
        name LOCAL.wan {
            default-action "drop"
            default-log
            rule 10 {
                action "accept"
                description "hosting/gateway to hosting/internet"
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
                description "hosting/gateway to hosting/internet"
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
                description "hosting/gateway to hosting/internet"
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
                description "hosting/gateway to hosting/internet"
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
                description "hosting/gateway to hosting/internet"
                destination {
                    group {
                        network-group "!SITE"
                    }
                    port "123"
                }
                protocol "udp"
            }
            rule 60 {
                action "accept"
                description "hosting/gateway to hosting/internet"
                destination {
                    group {
                        network-group "!SITE"
                    }
                    port "51820"
                }
                protocol "udp"
            }
            rule 70 {
                action "accept"
                description "hosting/gateway to hosting/internet"
                destination {
                    group {
                        network-group "!SITE"
                    }
                    port "67"
                }
                protocol "udp"
            }
        }
        name customers.LOCAL {
            default-action "drop"
            default-log
            rule 10 {
                action "accept"
                description "hosting/customers to hosting/gateway"
                icmp {
                    type-name "echo-request"
                }
                protocol "icmp"
                source {
                    address "10.2.20.0/22"
                }
            }
            rule 20 {
                action "accept"
                description "hosting/customers to hosting/gateway"
                destination {
                    port "53"
                }
                protocol "tcp"
                source {
                    address "10.2.20.0/22"
                }
            }
            rule 30 {
                action "accept"
                description "hosting/customers to hosting/gateway"
                destination {
                    port "53"
                }
                protocol "udp"
                source {
                    address "10.2.20.0/22"
                }
            }
            rule 40 {
                action "accept"
                description "hosting/customers to hosting/gateway"
                destination {
                    port "123"
                }
                protocol "udp"
                source {
                    address "10.2.20.0/22"
                }
            }
        }
        name customers.wan {
            default-action "drop"
            default-log
            rule 10 {
                action "accept"
                description "hosting/customers to hosting/internet"
                destination {
                    group {
                        network-group "!SITE"
                    }
                    port "443"
                }
                protocol "tcp"
                source {
                    address "10.2.20.0/22"
                }
            }
        }
        name dmz.LOCAL {
            default-action "drop"
            default-log
            rule 10 {
                action "accept"
                description "hosting/dmz to hosting/gateway"
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
                description "hosting/dmz to hosting/gateway"
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
                description "hosting/dmz to hosting/gateway"
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
                description "hosting/dmz to hosting/gateway"
                destination {
                    port "123"
                }
                protocol "udp"
                source {
                    address "203.0.113.32/27"
                }
            }
        }
        name dmz.customers {
            default-action "drop"
            default-log
            rule 10 {
                action "accept"
                description "hosting/proxy to hosting/customers/shop"
                destination {
                    address "10.2.20.10"
                    port "8080"
                }
                protocol "tcp"
                source {
                    address "203.0.113.34"
                }
            }
        }
        name dmz.wg0 {
            default-action "drop"
            default-log
            rule 10 {
                action "accept"
                description "hosting/dmz/mail to hosting/internet"
                destination {
                    group {
                        network-group "!SITE"
                    }
                    port "25"
                }
                protocol "tcp"
                source {
                    address "203.0.113.35"
                }
            }
            rule 20 {
                action "accept"
                description "hosting/dmz/web to hosting/internet"
                destination {
                    group {
                        network-group "!SITE"
                    }
                    port "443"
                }
                protocol "tcp"
                source {
                    address "203.0.113.34"
                }
            }
            rule 30 {
                action "accept"
                description "hosting/dmz/mail to hosting/internet"
                destination {
                    group {
                        network-group "!SITE"
                    }
                    port "443"
                }
                protocol "tcp"
                source {
                    address "203.0.113.35"
                }
            }
        }
        name management.LOCAL {
            default-action "drop"
            default-log
            rule 10 {
                action "accept"
                description "hosting/management to hosting/gateway"
                icmp {
                    type-name "echo-request"
                }
                protocol "icmp"
                source {
                    address "10.2.10.0/24"
                }
            }
            rule 20 {
                action "accept"
                description "hosting/management to hosting/gateway"
                destination {
                    port "22"
                }
                protocol "tcp"
                source {
                    address "10.2.10.0/24"
                }
            }
            rule 30 {
                action "accept"
                description "hosting/management to hosting/gateway"
                destination {
                    port "53"
                }
                protocol "tcp"
                source {
                    address "10.2.10.0/24"
                }
            }
            rule 40 {
                action "accept"
                description "hosting/management to hosting/gateway"
                destination {
                    port "53"
                }
                protocol "udp"
                source {
                    address "10.2.10.0/24"
                }
            }
            rule 50 {
                action "accept"
                description "hosting/management to hosting/gateway"
                destination {
                    port "123"
                }
                protocol "udp"
                source {
                    address "10.2.10.0/24"
                }
            }
        }
        name management.wan {
            default-action "drop"
            default-log
            rule 10 {
                action "accept"
                description "hosting/management to hosting/internet"
                destination {
                    group {
                        network-group "!SITE"
                    }
                    port "443"
                }
                protocol "tcp"
                source {
                    address "10.2.10.0/24"
                }
            }
        }
        name wan.LOCAL {
            default-action "drop"
            default-log
            rule 10 {
                action "accept"
                description "hosting/internet to hosting/gateway"
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
                description "hosting/internet to hosting/dmz/mail"
                destination {
                    address "203.0.113.35"
                    port "25"
                }
                protocol "tcp"
                source {
                    group {
                        network-group "!SITE"
                    }
                }
            }
            rule 20 {
                action "accept"
                description "hosting/internet to hosting/dmz/ns1"
                destination {
                    address "203.0.113.36"
                    port "53"
                }
                protocol "tcp"
                source {
                    group {
                        network-group "!SITE"
                    }
                }
            }
            rule 30 {
                action "accept"
                description "hosting/internet to hosting/dmz/ns2"
                destination {
                    address "203.0.113.37"
                    port "53"
                }
                protocol "tcp"
                source {
                    group {
                        network-group "!SITE"
                    }
                }
            }
            rule 40 {
                action "accept"
                description "hosting/internet to hosting/dmz/web"
                destination {
                    address "203.0.113.34"
                    port "80"
                }
                protocol "tcp"
                source {
                    group {
                        network-group "!SITE"
                    }
                }
            }
            rule 50 {
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
            rule 60 {
                action "accept"
                description "hosting/internet to hosting/dmz/mail"
                destination {
                    address "203.0.113.35"
                    port "465"
                }
                protocol "tcp"
                source {
                    group {
                        network-group "!SITE"
                    }
                }
            }
            rule 70 {
                action "accept"
                description "hosting/internet to hosting/dmz/mail"
                destination {
                    address "203.0.113.35"
                    port "993"
                }
                protocol "tcp"
                source {
                    group {
                        network-group "!SITE"
                    }
                }
            }
            rule 80 {
                action "accept"
                description "hosting/internet to hosting/dmz/ns1"
                destination {
                    address "203.0.113.36"
                    port "53"
                }
                protocol "udp"
                source {
                    group {
                        network-group "!SITE"
                    }
                }
            }
            rule 90 {
                action "accept"
                description "hosting/internet to hosting/dmz/ns2"
                destination {
                    address "203.0.113.37"
                    port "53"
                }
                protocol "udp"
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
                description "hosting/gateway/wg1/admin to hosting/gateway"
                destination {
                    port "22"
                }
                protocol "tcp"
                source {
                    address "10.2.254.2"
                }
            }
        }
        name wg1.management {
            default-action "drop"
            default-log
            rule 10 {
                action "accept"
                description "hosting/gateway/wg1/admin to hosting/management/router"
                destination {
                    address "10.2.10.10"
                    port "22"
                }
                protocol "tcp"
                source {
                    address "10.2.254.2"
                }
            }
            rule 20 {
                action "accept"
                description "hosting/gateway/wg1/admin to hosting/management/node-1"
                destination {
                    address "10.2.10.11"
                    port "22"
                }
                protocol "tcp"
                source {
                    address "10.2.254.2"
                }
            }
            rule 30 {
                action "accept"
                description "hosting/gateway/wg1/admin to hosting/management/node-2"
                destination {
                    address "10.2.10.12"
                    port "22"
                }
                protocol "tcp"
                source {
                    address "10.2.254.2"
                }
            }
            rule 40 {
                action "accept"
                description "hosting/gateway/wg1/admin to hosting/management/router"
                destination {
                    address "10.2.10.10"
                    port "8006"
                }
                protocol "tcp"
                source {
                    address "10.2.254.2"
                }
            }
            rule 50 {
                action "accept"
                description "hosting/gateway/wg1/admin to hosting/management/node-1"
                destination {
                    address "10.2.10.11"
                    port "8006"
                }
                protocol "tcp"
                source {
                    address "10.2.254.2"
                }
            }
            rule 60 {
                action "accept"
                description "hosting/gateway/wg1/admin to hosting/management/node-2"
                destination {
                    address "10.2.10.12"
                    port "8006"
                }
                protocol "tcp"
                source {
                    address "10.2.254.2"
                }
            }
        }
    }
    ipv6 {
    }
    zone LOCAL {
        default-action "drop"
        default-log
        from customers {
            firewall {
                name "customers.LOCAL"
            }
        }
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
                name "wg1.LOCAL"
            }
        }
        local-zone
    }
    zone customers {
        default-action "drop"
        default-log
        description "hosting/customers"
        from dmz {
            firewall {
                name "dmz.customers"
            }
        }
        interface "eth1"
    }
    zone dmz {
        default-action "drop"
        default-log
        description "hosting/dmz"
        from LOCAL {
            firewall {
                name "LOCAL.dmz"
            }
        }
        from wg0 {
            firewall {
                name "wg0.dmz"
            }
        }
        interface "eth2"
    }
    zone management {
        default-action "drop"
        default-log
        description "hosting/management"
        from wg1 {
            firewall {
                name "wg1.management"
            }
        }
        interface "eth0"
    }
    zone wan {
        default-action "drop"
        default-log
        from LOCAL {
            firewall {
                name "LOCAL.wan"
            }
        }
        from customers {
            firewall {
                name "customers.wan"
            }
        }
        from management {
            firewall {
                name "management.wan"
            }
        }
        interface "eth3"
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
        interface "wg1"
        intra-zone-filtering {
            action "drop"
        }
    }
}
interfaces {
    ethernet eth0 {
        address "10.2.10.1/24"
        description "management"
    }
    ethernet eth1 {
        address "10.2.20.1/22"
        description "customers"
    }
    ethernet eth2 {
        address "203.0.113.33/27"
        description "dmz"
    }
    ethernet eth3 {
        address "dhcp"
        description "wan"
    }
    loopback lo {
    }
    wireguard wg0 {
        address "10.2.255.2/30"
        description "hosting/gateway/wg0"
        ip {
            adjust-mss "1380"
        }
        ipv6 {
            adjust-mss "1360"
        }
        mtu "1420"
        peer provider {
            allowed-ips "0.0.0.0/0"
            persistent-keepalive "25"
            public-key "Bot+bJfyKEpI9Nf/D9C//kSfRUTaB54Eys1Sq6XfKMI="
        }
        port "51820"
    }
    wireguard wg1 {
        address "10.2.254.1/24"
        description "hosting/gateway/wg1"
        ip {
            adjust-mss "1380"
        }
        ipv6 {
            adjust-mss "1360"
        }
        mtu "1420"
        peer admin {
            allowed-ips "10.2.254.2/32"
            public-key "2FnmGKGTUiIGwvpMeY4P+ui2W1Xua6OvM1ztAY542Ak="
        }
        port "51821"
    }
}
nat {
    destination {
    }
    source {
        rule 10 {
            description "management to wan"
            outbound-interface {
                name "eth3"
            }
            source {
                address "10.2.10.0/24"
            }
            translation {
                address "masquerade"
            }
        }
        rule 20 {
            description "customers to wan"
            outbound-interface {
                name "eth3"
            }
            source {
                address "10.2.20.0/22"
            }
            translation {
                address "masquerade"
            }
        }
    }
}
policy {
    route dmz {
        interface "eth2"
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
        route 10.2.254.2/32 {
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
            allow-from "10.2.10.0/24"
            allow-from "10.2.20.0/22"
            allow-from "203.0.113.32/27"
            dnssec "process"
            domain 10.2.10.in-addr.arpa {
                addnta
                name-server 203.0.113.36 {
                }
                name-server 203.0.113.37 {
                }
            }
            domain 178.168.192.in-addr.arpa {
                addnta
                name-server 203.0.113.36 {
                }
                name-server 203.0.113.37 {
                }
            }
            domain 20.2.10.in-addr.arpa {
                addnta
                name-server 203.0.113.36 {
                }
                name-server 203.0.113.37 {
                }
            }
            domain 21.2.10.in-addr.arpa {
                addnta
                name-server 203.0.113.36 {
                }
                name-server 203.0.113.37 {
                }
            }
            domain 22.2.10.in-addr.arpa {
                addnta
                name-server 203.0.113.36 {
                }
                name-server 203.0.113.37 {
                }
            }
            domain 23.2.10.in-addr.arpa {
                addnta
                name-server 203.0.113.36 {
                }
                name-server 203.0.113.37 {
                }
            }
            domain 32-63.113.0.203.in-addr.arpa {
                addnta
                name-server 203.0.113.36 {
                }
                name-server 203.0.113.37 {
                }
            }
            domain 40.2.10.in-addr.arpa {
                addnta
                name-server 203.0.113.36 {
                }
                name-server 203.0.113.37 {
                }
            }
            domain example.com {
                addnta
                name-server 203.0.113.36 {
                }
                name-server 203.0.113.37 {
                }
            }
            domain hosting.example.net {
                addnta
                name-server 203.0.113.36 {
                }
                name-server 203.0.113.37 {
                }
            }
            listen-address "10.2.10.1"
            listen-address "10.2.20.1"
            listen-address "203.0.113.33"
            name-server 149.112.112.112 {
            }
            name-server 9.9.9.9 {
            }
        }
    }
    ntp {
        allow-client {
            address "10.2.10.0/24"
            address "10.2.20.0/22"
            address "203.0.113.32/27"
        }
        listen-address "10.2.10.1"
        listen-address "10.2.20.1"
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
        listen-address "10.2.10.1"
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
// vyos-config-version: "bgp@5:broadcast-relay@1:cluster@2:config-management@1:conntrack-sync@2:conntrack@5:container@2:dhcp-relay@2:dhcp-server@11:dhcpv6-server@6:dns-dynamic@4:dns-forwarding@4:firewall@17:flow-accounting@1:https@7:ids@1:interfaces@33:ipoe-server@4:ipsec@13:isis@3:l2tp@9:lldp@2:mdns@1:monitoring@1:nat66@3:nat@8:ntp@3:openconnect@3:openvpn@4:ospf@2:pim@1:policy@8:pppoe-server@11:pptp@5:qos@2:quagga@11:reverse-proxy@2:rip@1:rpki@2:salt@1:snmp@3:ssh@2:sstp@6:system@27:vrf@3:vrrp@4:vyos-accel-ppp@2:wanloadbalance@3:webproxy@2"
// Release version: 1.5-rolling
