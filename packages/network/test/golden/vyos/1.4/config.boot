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
            network "2001:db8:0:10::/64"
            network "2001:db8:0:20::/64"
        }
        network-group SITE {
            network "192.168.1.0/24"
            network "10.10.0.0/24"
            network "10.20.0.0/24"
            network "10.30.0.0/24"
            network "10.31.0.0/24"
            network "10.40.0.0/24"
            network "10.60.0.0/24"
        }
    }
    ipv4 {
        name LOCAL.data {
            default-action "drop"
            default-log
            rule 10 {
                action "accept"
                description "lab/gateway to lab/storage/nas"
                destination {
                    address "10.30.0.5"
                    port "22"
                }
                protocol "tcp"
            }
            rule 20 {
                action "accept"
                description "lab/gateway to lab/storage/ns2"
                destination {
                    address "10.30.0.2"
                    port "53"
                }
                protocol "tcp"
            }
            rule 30 {
                action "accept"
                description "lab/gateway to lab/storage/ns2"
                destination {
                    address "10.30.0.2"
                    port "53"
                }
                protocol "udp"
            }
        }
        name LOCAL.home {
            default-action "drop"
            default-log
            rule 10 {
                action "accept"
                description "lab/gateway to lab/internet"
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
                description "lab/gateway to lab/internet"
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
                description "lab/gateway to lab/internet"
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
                description "lab/gateway to lab/internet"
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
                description "lab/gateway to lab/internet"
                destination {
                    group {
                        network-group "!SITE"
                    }
                    port "123"
                }
                protocol "udp"
            }
        }
        name LOCAL.servers {
            default-action "drop"
            default-log
            rule 10 {
                action "accept"
                description "lab/gateway to lab/servers/ns1"
                destination {
                    address "10.20.0.2"
                    port "53"
                }
                protocol "tcp"
            }
            rule 20 {
                action "accept"
                description "lab/gateway to lab/servers/node-1"
                destination {
                    address "10.20.0.11"
                    port "179"
                }
                protocol "tcp"
            }
            rule 30 {
                action "accept"
                description "lab/gateway to lab/servers/node-2"
                destination {
                    address "10.20.0.12"
                    port "179"
                }
                protocol "tcp"
            }
            rule 40 {
                action "accept"
                description "lab/gateway to lab/servers/node-3"
                destination {
                    address "10.20.0.13"
                    port "179"
                }
                protocol "tcp"
            }
            rule 50 {
                action "accept"
                description "lab/gateway to lab/servers/ns1"
                destination {
                    address "10.20.0.2"
                    port "53"
                }
                protocol "udp"
            }
            rule 60 {
                action "accept"
                description "lab/gateway to lab/servers/flows"
                destination {
                    address "10.20.0.30"
                    port "2055"
                }
                protocol "udp"
            }
            rule 70 {
                action "accept"
                description "lab/gateway to lab/servers/node-1"
                destination {
                    address "10.20.0.11"
                    port "3784"
                }
                protocol "udp"
            }
            rule 80 {
                action "accept"
                description "lab/gateway to lab/servers/node-2"
                destination {
                    address "10.20.0.12"
                    port "3784"
                }
                protocol "udp"
            }
            rule 90 {
                action "accept"
                description "lab/gateway to lab/servers/node-3"
                destination {
                    address "10.20.0.13"
                    port "3784"
                }
                protocol "udp"
            }
        }
        name data.LOCAL {
            default-action "drop"
            default-log
            rule 10 {
                action "accept"
                description "lab/backup to lab/gateway"
                icmp {
                    type-name "echo-request"
                }
                protocol "icmp"
                source {
                    address "10.31.0.0/24"
                }
            }
            rule 20 {
                action "accept"
                description "lab/backup to lab/gateway"
                destination {
                    port "53"
                }
                protocol "tcp"
                source {
                    address "10.31.0.0/24"
                }
            }
            rule 30 {
                action "accept"
                description "lab/backup to lab/gateway"
                destination {
                    port "53"
                }
                protocol "udp"
                source {
                    address "10.31.0.0/24"
                }
            }
            rule 40 {
                action "accept"
                description "lab/backup to lab/gateway"
                destination {
                    port "123"
                }
                protocol "udp"
                source {
                    address "10.31.0.0/24"
                }
            }
            rule 50 {
                action "accept"
                description "lab/storage to lab/gateway"
                icmp {
                    type-name "echo-request"
                }
                protocol "icmp"
                source {
                    address "10.30.0.0/24"
                }
            }
            rule 60 {
                action "accept"
                description "lab/storage to lab/gateway"
                destination {
                    port "53"
                }
                protocol "tcp"
                source {
                    address "10.30.0.0/24"
                }
            }
            rule 70 {
                action "accept"
                description "lab/storage to lab/gateway"
                destination {
                    port "53"
                }
                protocol "udp"
                source {
                    address "10.30.0.0/24"
                }
            }
            rule 80 {
                action "accept"
                description "lab/storage to lab/gateway"
                destination {
                    port "123"
                }
                protocol "udp"
                source {
                    address "10.30.0.0/24"
                }
            }
        }
        name data.servers {
            default-action "drop"
            default-log
            rule 10 {
                action "accept"
                description "lab/storage/ns2 to lab/servers/ns1"
                destination {
                    address "10.20.0.2"
                    port "53"
                }
                protocol "tcp"
                source {
                    address "10.30.0.2"
                }
            }
            rule 20 {
                action "accept"
                description "lab/storage/ns2 to lab/servers/ns1"
                destination {
                    address "10.20.0.2"
                    port "53"
                }
                protocol "udp"
                source {
                    address "10.30.0.2"
                }
            }
        }
        name home.servers {
            default-action "drop"
            default-log
            rule 10 {
                action "accept"
                description "lab/internet to lab/servers/web"
                destination {
                    address "10.20.0.80"
                    port "443"
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
                description "lab/internet to lab/servers/node-1"
                destination {
                    address "10.20.0.11"
                    port "7000-7010"
                }
                protocol "udp"
                source {
                    group {
                        network-group "!SITE"
                    }
                }
            }
        }
        name management.LOCAL {
            default-action "drop"
            default-log
            rule 10 {
                action "accept"
                description "lab/management to lab/gateway"
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
                description "lab/management to lab/gateway"
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
                description "lab/management to lab/gateway"
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
                description "lab/management to lab/gateway"
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
                description "lab/management to lab/gateway"
                destination {
                    port "123"
                }
                protocol "udp"
                source {
                    address "10.10.0.0/24"
                }
            }
        }
        name management.servers {
            default-action "drop"
            default-log
            rule 10 {
                action "accept"
                description "lab/management to lab/servers"
                destination {
                    address "10.20.0.0/24"
                    port "22"
                }
                protocol "tcp"
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
                description "lab/people to lab/gateway"
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
                description "lab/people to lab/gateway"
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
                description "lab/people to lab/gateway"
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
                description "lab/people to lab/gateway"
                destination {
                    port "67"
                }
                protocol "udp"
                source {
                    address "10.40.0.0/24"
                }
            }
            rule 50 {
                action "accept"
                description "lab/people to lab/gateway"
                destination {
                    port "123"
                }
                protocol "udp"
                source {
                    address "10.40.0.0/24"
                }
            }
        }
        name people.servers {
            default-action "drop"
            default-log
            rule 10 {
                action "accept"
                description "lab/people to lab/servers/web"
                destination {
                    address "10.20.0.80"
                    port "443"
                }
                protocol "tcp"
                source {
                    address "10.40.0.0/24"
                }
            }
            rule 20 {
                action "accept"
                description "lab/people to lab/gateway/prod"
                destination {
                    address "10.60.0.0/24"
                    port "443"
                }
                protocol "tcp"
                source {
                    address "10.40.0.0/24"
                }
            }
        }
        name servers.LOCAL {
            default-action "drop"
            default-log
            rule 10 {
                action "accept"
                description "lab/servers to lab/gateway"
                icmp {
                    type-name "echo-request"
                }
                protocol "icmp"
                source {
                    address "10.20.0.0/24"
                }
            }
            rule 20 {
                action "accept"
                description "lab/servers to lab/gateway"
                destination {
                    port "53"
                }
                protocol "tcp"
                source {
                    address "10.20.0.0/24"
                }
            }
            rule 30 {
                action "accept"
                description "lab/servers/node-1 to lab/gateway"
                destination {
                    port "179"
                }
                protocol "tcp"
                source {
                    address "10.20.0.11"
                }
            }
            rule 40 {
                action "accept"
                description "lab/servers/node-2 to lab/gateway"
                destination {
                    port "179"
                }
                protocol "tcp"
                source {
                    address "10.20.0.12"
                }
            }
            rule 50 {
                action "accept"
                description "lab/servers/node-3 to lab/gateway"
                destination {
                    port "179"
                }
                protocol "tcp"
                source {
                    address "10.20.0.13"
                }
            }
            rule 60 {
                action "accept"
                description "lab/servers to lab/gateway"
                destination {
                    port "53"
                }
                protocol "udp"
                source {
                    address "10.20.0.0/24"
                }
            }
            rule 70 {
                action "accept"
                description "lab/servers to lab/gateway"
                destination {
                    port "123"
                }
                protocol "udp"
                source {
                    address "10.20.0.0/24"
                }
            }
            rule 80 {
                action "accept"
                description "lab/servers/node-1 to lab/gateway"
                destination {
                    port "3784"
                }
                protocol "udp"
                source {
                    address "10.20.0.11"
                }
            }
            rule 90 {
                action "accept"
                description "lab/servers/node-2 to lab/gateway"
                destination {
                    port "3784"
                }
                protocol "udp"
                source {
                    address "10.20.0.12"
                }
            }
            rule 100 {
                action "accept"
                description "lab/servers/node-3 to lab/gateway"
                destination {
                    port "3784"
                }
                protocol "udp"
                source {
                    address "10.20.0.13"
                }
            }
        }
        name servers.data {
            default-action "drop"
            default-log
            rule 10 {
                action "accept"
                description "lab/servers to lab/storage/nas"
                destination {
                    address "10.30.0.5"
                    port "2049"
                }
                protocol "tcp"
                source {
                    address "10.20.0.0/24"
                }
            }
            rule 20 {
                action "accept"
                description "lab/servers/ns1 to lab/storage/ns2"
                destination {
                    address "10.30.0.2"
                    port "53"
                }
                protocol "udp"
                source {
                    address "10.20.0.2"
                }
            }
        }
        name servers.home {
            default-action "drop"
            default-log
            rule 10 {
                action "accept"
                description "lab/servers to lab/internet"
                destination {
                    group {
                        network-group "!SITE"
                    }
                    port "443"
                }
                protocol "tcp"
                source {
                    address "10.20.0.0/24"
                }
            }
        }
    }
    ipv6 {
        name LOCAL.management {
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
        name LOCAL.servers {
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
                description "lab/gateway to lab/servers/ns1"
                destination {
                    address "2001:db8:0:20::2"
                    port "53"
                }
                protocol "tcp"
            }
            rule 20 {
                action "accept"
                description "lab/gateway to lab/servers/node-1"
                destination {
                    address "2001:db8:0:20::b"
                    port "179"
                }
                protocol "tcp"
            }
            rule 30 {
                action "accept"
                description "lab/gateway to lab/servers/node-2"
                destination {
                    address "2001:db8:0:20::c"
                    port "179"
                }
                protocol "tcp"
            }
            rule 40 {
                action "accept"
                description "lab/gateway to lab/servers/node-3"
                destination {
                    address "2001:db8:0:20::d"
                    port "179"
                }
                protocol "tcp"
            }
            rule 50 {
                action "accept"
                description "lab/gateway to lab/servers/ns1"
                destination {
                    address "2001:db8:0:20::2"
                    port "53"
                }
                protocol "udp"
            }
            rule 60 {
                action "accept"
                description "lab/gateway to lab/servers/flows"
                destination {
                    address "2001:db8:0:20::1e"
                    port "2055"
                }
                protocol "udp"
            }
            rule 70 {
                action "accept"
                description "lab/gateway to lab/servers/node-1"
                destination {
                    address "2001:db8:0:20::b"
                    port "3784"
                }
                protocol "udp"
            }
            rule 80 {
                action "accept"
                description "lab/gateway to lab/servers/node-2"
                destination {
                    address "2001:db8:0:20::c"
                    port "3784"
                }
                protocol "udp"
            }
            rule 90 {
                action "accept"
                description "lab/gateway to lab/servers/node-3"
                destination {
                    address "2001:db8:0:20::d"
                    port "3784"
                }
                protocol "udp"
            }
        }
        name management.LOCAL {
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
                description "lab/management to lab/gateway"
                icmpv6 {
                    type-name "echo-request"
                }
                protocol "ipv6-icmp"
                source {
                    address "2001:db8:0:10::/64"
                }
            }
            rule 20 {
                action "accept"
                description "lab/management to lab/gateway"
                destination {
                    port "22"
                }
                protocol "tcp"
                source {
                    address "2001:db8:0:10::/64"
                }
            }
            rule 30 {
                action "accept"
                description "lab/management to lab/gateway"
                destination {
                    port "53"
                }
                protocol "tcp"
                source {
                    address "2001:db8:0:10::/64"
                }
            }
            rule 40 {
                action "accept"
                description "lab/management to lab/gateway"
                destination {
                    port "53"
                }
                protocol "udp"
                source {
                    address "2001:db8:0:10::/64"
                }
            }
            rule 50 {
                action "accept"
                description "lab/management to lab/gateway"
                destination {
                    port "123"
                }
                protocol "udp"
                source {
                    address "2001:db8:0:10::/64"
                }
            }
        }
        name management.servers {
            default-action "drop"
            default-log
            rule 10 {
                action "accept"
                description "lab/management to lab/servers"
                destination {
                    address "2001:db8:0:20::/64"
                    port "22"
                }
                protocol "tcp"
                source {
                    address "2001:db8:0:10::/64"
                }
            }
        }
        name servers.LOCAL {
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
                description "lab/servers to lab/gateway"
                icmpv6 {
                    type-name "echo-request"
                }
                protocol "ipv6-icmp"
                source {
                    address "2001:db8:0:20::/64"
                }
            }
            rule 20 {
                action "accept"
                description "lab/servers to lab/gateway"
                destination {
                    port "53"
                }
                protocol "tcp"
                source {
                    address "2001:db8:0:20::/64"
                }
            }
            rule 30 {
                action "accept"
                description "lab/servers/node-1 to lab/gateway"
                destination {
                    port "179"
                }
                protocol "tcp"
                source {
                    address "2001:db8:0:20::b"
                }
            }
            rule 40 {
                action "accept"
                description "lab/servers/node-2 to lab/gateway"
                destination {
                    port "179"
                }
                protocol "tcp"
                source {
                    address "2001:db8:0:20::c"
                }
            }
            rule 50 {
                action "accept"
                description "lab/servers/node-3 to lab/gateway"
                destination {
                    port "179"
                }
                protocol "tcp"
                source {
                    address "2001:db8:0:20::d"
                }
            }
            rule 60 {
                action "accept"
                description "lab/servers to lab/gateway"
                destination {
                    port "53"
                }
                protocol "udp"
                source {
                    address "2001:db8:0:20::/64"
                }
            }
            rule 70 {
                action "accept"
                description "lab/servers to lab/gateway"
                destination {
                    port "123"
                }
                protocol "udp"
                source {
                    address "2001:db8:0:20::/64"
                }
            }
            rule 80 {
                action "accept"
                description "lab/servers/node-1 to lab/gateway"
                destination {
                    port "3784"
                }
                protocol "udp"
                source {
                    address "2001:db8:0:20::b"
                }
            }
            rule 90 {
                action "accept"
                description "lab/servers/node-2 to lab/gateway"
                destination {
                    port "3784"
                }
                protocol "udp"
                source {
                    address "2001:db8:0:20::c"
                }
            }
            rule 100 {
                action "accept"
                description "lab/servers/node-3 to lab/gateway"
                destination {
                    port "3784"
                }
                protocol "udp"
                source {
                    address "2001:db8:0:20::d"
                }
            }
        }
    }
    zone LOCAL {
        default-action "drop"
        default-log
        from data {
            firewall {
                name "data.LOCAL"
            }
        }
        from management {
            firewall {
                ipv6-name "management.LOCAL"
                name "management.LOCAL"
            }
        }
        from people {
            firewall {
                name "people.LOCAL"
            }
        }
        from servers {
            firewall {
                ipv6-name "servers.LOCAL"
                name "servers.LOCAL"
            }
        }
        local-zone
    }
    zone data {
        default-action "drop"
        default-log
        description "lab/data"
        from LOCAL {
            firewall {
                name "LOCAL.data"
            }
        }
        from servers {
            firewall {
                name "servers.data"
            }
        }
        interface "eth1.30"
        interface "eth1.31"
    }
    zone home {
        default-action "drop"
        default-log
        description "lab/home"
        from LOCAL {
            firewall {
                name "LOCAL.home"
            }
        }
        from servers {
            firewall {
                name "servers.home"
            }
        }
        interface "eth0"
    }
    zone management {
        default-action "drop"
        default-log
        description "lab/management"
        from LOCAL {
            firewall {
                ipv6-name "LOCAL.management"
            }
        }
        interface "eth1.10"
    }
    zone people {
        default-action "drop"
        default-log
        description "lab/people"
        interface "eth1.40"
    }
    zone servers {
        default-action "drop"
        default-log
        description "lab/servers"
        from LOCAL {
            firewall {
                ipv6-name "LOCAL.servers"
                name "LOCAL.servers"
            }
        }
        from data {
            firewall {
                name "data.servers"
            }
        }
        from home {
            firewall {
                name "home.servers"
            }
        }
        from management {
            firewall {
                ipv6-name "management.servers"
                name "management.servers"
            }
        }
        from people {
            firewall {
                name "people.servers"
            }
        }
        interface "eth1.20"
    }
}
interfaces {
    ethernet eth0 {
        address "192.168.1.2/24"
        address "192.168.1.3/24"
        description "home"
    }
    ethernet eth1 {
        description "segments, tagged"
        vif 10 {
            address "10.10.0.1/24"
            address "2001:db8:0:10::1/64"
            description "management"
        }
        vif 20 {
            address "10.20.0.1/24"
            address "2001:db8:0:20::1/64"
            description "servers"
        }
        vif 30 {
            address "10.30.0.1/24"
            description "storage"
        }
        vif 31 {
            address "10.31.0.1/24"
            description "backup"
        }
        vif 40 {
            address "10.40.0.1/24"
            description "people"
        }
    }
    loopback lo {
    }
}
nat {
    destination {
        rule 10 {
            description "lab/internet to lab/servers/web"
            destination {
                address "192.168.1.2"
                port "443"
            }
            inbound-interface {
                name "eth0"
            }
            protocol "tcp"
            translation {
                address "10.20.0.80"
            }
        }
        rule 20 {
            description "lab/internet to lab/servers/web, asked from people"
            destination {
                address "192.168.1.2"
                port "443"
            }
            inbound-interface {
                name "eth1.40"
            }
            protocol "tcp"
            translation {
                address "10.20.0.80"
            }
        }
        rule 30 {
            description "lab/internet to lab/servers/web, asked from servers"
            destination {
                address "192.168.1.2"
                port "443"
            }
            inbound-interface {
                name "eth1.20"
            }
            protocol "tcp"
            translation {
                address "10.20.0.80"
            }
        }
        rule 40 {
            description "lab/gateway/game"
            destination {
                address "192.168.1.3"
                port "27000"
            }
            inbound-interface {
                name "eth0"
            }
            protocol "udp"
            translation {
                address "10.20.0.11"
                port "7000"
            }
        }
        rule 50 {
            description "lab/gateway/game, asked from servers"
            destination {
                address "192.168.1.3"
                port "27000"
            }
            inbound-interface {
                name "eth1.20"
            }
            protocol "udp"
            translation {
                address "10.20.0.11"
                port "7000"
            }
        }
        rule 60 {
            description "lab/gateway/game"
            destination {
                address "192.168.1.3"
                port "27001"
            }
            inbound-interface {
                name "eth0"
            }
            protocol "udp"
            translation {
                address "10.20.0.11"
                port "7001"
            }
        }
        rule 70 {
            description "lab/gateway/game, asked from servers"
            destination {
                address "192.168.1.3"
                port "27001"
            }
            inbound-interface {
                name "eth1.20"
            }
            protocol "udp"
            translation {
                address "10.20.0.11"
                port "7001"
            }
        }
        rule 80 {
            description "lab/gateway/game"
            destination {
                address "192.168.1.3"
                port "27002"
            }
            inbound-interface {
                name "eth0"
            }
            protocol "udp"
            translation {
                address "10.20.0.11"
                port "7002"
            }
        }
        rule 90 {
            description "lab/gateway/game, asked from servers"
            destination {
                address "192.168.1.3"
                port "27002"
            }
            inbound-interface {
                name "eth1.20"
            }
            protocol "udp"
            translation {
                address "10.20.0.11"
                port "7002"
            }
        }
        rule 100 {
            description "lab/gateway/game"
            destination {
                address "192.168.1.3"
                port "27003"
            }
            inbound-interface {
                name "eth0"
            }
            protocol "udp"
            translation {
                address "10.20.0.11"
                port "7003"
            }
        }
        rule 110 {
            description "lab/gateway/game, asked from servers"
            destination {
                address "192.168.1.3"
                port "27003"
            }
            inbound-interface {
                name "eth1.20"
            }
            protocol "udp"
            translation {
                address "10.20.0.11"
                port "7003"
            }
        }
        rule 120 {
            description "lab/gateway/game"
            destination {
                address "192.168.1.3"
                port "27004"
            }
            inbound-interface {
                name "eth0"
            }
            protocol "udp"
            translation {
                address "10.20.0.11"
                port "7004"
            }
        }
        rule 130 {
            description "lab/gateway/game, asked from servers"
            destination {
                address "192.168.1.3"
                port "27004"
            }
            inbound-interface {
                name "eth1.20"
            }
            protocol "udp"
            translation {
                address "10.20.0.11"
                port "7004"
            }
        }
        rule 140 {
            description "lab/gateway/game"
            destination {
                address "192.168.1.3"
                port "27005"
            }
            inbound-interface {
                name "eth0"
            }
            protocol "udp"
            translation {
                address "10.20.0.11"
                port "7005"
            }
        }
        rule 150 {
            description "lab/gateway/game, asked from servers"
            destination {
                address "192.168.1.3"
                port "27005"
            }
            inbound-interface {
                name "eth1.20"
            }
            protocol "udp"
            translation {
                address "10.20.0.11"
                port "7005"
            }
        }
        rule 160 {
            description "lab/gateway/game"
            destination {
                address "192.168.1.3"
                port "27006"
            }
            inbound-interface {
                name "eth0"
            }
            protocol "udp"
            translation {
                address "10.20.0.11"
                port "7006"
            }
        }
        rule 170 {
            description "lab/gateway/game, asked from servers"
            destination {
                address "192.168.1.3"
                port "27006"
            }
            inbound-interface {
                name "eth1.20"
            }
            protocol "udp"
            translation {
                address "10.20.0.11"
                port "7006"
            }
        }
        rule 180 {
            description "lab/gateway/game"
            destination {
                address "192.168.1.3"
                port "27007"
            }
            inbound-interface {
                name "eth0"
            }
            protocol "udp"
            translation {
                address "10.20.0.11"
                port "7007"
            }
        }
        rule 190 {
            description "lab/gateway/game, asked from servers"
            destination {
                address "192.168.1.3"
                port "27007"
            }
            inbound-interface {
                name "eth1.20"
            }
            protocol "udp"
            translation {
                address "10.20.0.11"
                port "7007"
            }
        }
        rule 200 {
            description "lab/gateway/game"
            destination {
                address "192.168.1.3"
                port "27008"
            }
            inbound-interface {
                name "eth0"
            }
            protocol "udp"
            translation {
                address "10.20.0.11"
                port "7008"
            }
        }
        rule 210 {
            description "lab/gateway/game, asked from servers"
            destination {
                address "192.168.1.3"
                port "27008"
            }
            inbound-interface {
                name "eth1.20"
            }
            protocol "udp"
            translation {
                address "10.20.0.11"
                port "7008"
            }
        }
        rule 220 {
            description "lab/gateway/game"
            destination {
                address "192.168.1.3"
                port "27009"
            }
            inbound-interface {
                name "eth0"
            }
            protocol "udp"
            translation {
                address "10.20.0.11"
                port "7009"
            }
        }
        rule 230 {
            description "lab/gateway/game, asked from servers"
            destination {
                address "192.168.1.3"
                port "27009"
            }
            inbound-interface {
                name "eth1.20"
            }
            protocol "udp"
            translation {
                address "10.20.0.11"
                port "7009"
            }
        }
        rule 240 {
            description "lab/gateway/game"
            destination {
                address "192.168.1.3"
                port "27010"
            }
            inbound-interface {
                name "eth0"
            }
            protocol "udp"
            translation {
                address "10.20.0.11"
                port "7010"
            }
        }
        rule 250 {
            description "lab/gateway/game, asked from servers"
            destination {
                address "192.168.1.3"
                port "27010"
            }
            inbound-interface {
                name "eth1.20"
            }
            protocol "udp"
            translation {
                address "10.20.0.11"
                port "7010"
            }
        }
    }
    source {
        rule 10 {
            description "lab/internet to lab/servers/web, asked from servers"
            destination {
                address "10.20.0.80"
                port "443"
            }
            outbound-interface {
                name "eth1.20"
            }
            protocol "tcp"
            source {
                address "10.20.0.0/24"
            }
            translation {
                address "masquerade"
            }
        }
        rule 20 {
            description "lab/gateway/game, asked from servers"
            destination {
                address "10.20.0.11"
                port "7000-7010"
            }
            outbound-interface {
                name "eth1.20"
            }
            protocol "udp"
            source {
                address "10.20.0.0/24"
            }
            translation {
                address "masquerade"
            }
        }
        rule 30 {
            description "servers to home"
            outbound-interface {
                name "eth0"
            }
            source {
                address "10.20.0.0/24"
            }
            translation {
                address "masquerade"
            }
        }
        rule 40 {
            description "servers to home"
            outbound-interface {
                name "eth0"
            }
            source {
                address "10.60.0.0/24"
            }
            translation {
                address "masquerade"
            }
        }
    }
}
policy {
    prefix-list from-prod {
        rule 10 {
            action "permit"
            le "32"
            prefix "10.60.0.0/24"
        }
    }
    route-map nothing {
        rule 10 {
            action "deny"
        }
    }
}
protocols {
    bfd {
        peer 10.20.0.11 {
            interval {
                multiplier "3"
                receive "300"
                transmit "300"
            }
        }
        peer 10.20.0.12 {
            interval {
                multiplier "3"
                receive "300"
                transmit "300"
            }
        }
        peer 10.20.0.13 {
            interval {
                multiplier "3"
                receive "300"
                transmit "300"
            }
        }
    }
    bgp {
        neighbor 10.20.0.11 {
            address-family {
                ipv4-unicast {
                    maximum-prefix "1000"
                    prefix-list {
                        import "from-prod"
                    }
                    route-map {
                        export "nothing"
                    }
                }
            }
            bfd {
            }
            description "node-1.lab.example.net"
            remote-as "64513"
        }
        neighbor 10.20.0.12 {
            address-family {
                ipv4-unicast {
                    maximum-prefix "1000"
                    prefix-list {
                        import "from-prod"
                    }
                    route-map {
                        export "nothing"
                    }
                }
            }
            bfd {
            }
            description "node-2.lab.example.net"
            remote-as "64513"
        }
        neighbor 10.20.0.13 {
            address-family {
                ipv4-unicast {
                    maximum-prefix "1000"
                    prefix-list {
                        import "from-prod"
                    }
                    route-map {
                        export "nothing"
                    }
                }
            }
            bfd {
            }
            description "node-3.lab.example.net"
            remote-as "64513"
        }
        parameters {
            log-neighbor-changes
            router-id "10.10.0.1"
        }
        system-as "64512"
    }
    static {
        route 0.0.0.0/0 {
            next-hop 192.168.1.1 {
            }
        }
    }
}
service {
    dhcp-server {
        shared-network-name people {
            authoritative
            description "people"
            subnet 10.40.0.0/24 {
                default-router "10.40.0.1"
                domain-name "lab.example.net"
                lease "86400"
                name-server "10.40.0.1"
                range dhcp {
                    start "10.40.0.100"
                    stop "10.40.0.199"
                }
                static-mapping printer {
                    ip-address "10.40.0.20"
                    mac-address "02:00:5e:10:00:20"
                }
            }
        }
    }
    dns {
        forwarding {
            allow-from "10.10.0.0/24"
            allow-from "2001:db8:0:10::/64"
            allow-from "10.20.0.0/24"
            allow-from "2001:db8:0:20::/64"
            allow-from "10.30.0.0/24"
            allow-from "10.31.0.0/24"
            allow-from "10.40.0.0/24"
            dnssec "process"
            domain 0.1.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa {
                addnta
                name-server 10.20.0.2 {
                }
                name-server 10.30.0.2 {
                }
            }
            domain 0.10.10.in-addr.arpa {
                addnta
                name-server 10.20.0.2 {
                }
                name-server 10.30.0.2 {
                }
            }
            domain 0.2.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa {
                addnta
                name-server 10.20.0.2 {
                }
                name-server 10.30.0.2 {
                }
            }
            domain 0.20.10.in-addr.arpa {
                addnta
                name-server 10.20.0.2 {
                }
                name-server 10.30.0.2 {
                }
            }
            domain 0.30.10.in-addr.arpa {
                addnta
                name-server 10.20.0.2 {
                }
                name-server 10.30.0.2 {
                }
            }
            domain 0.31.10.in-addr.arpa {
                addnta
                name-server 10.20.0.2 {
                }
                name-server 10.30.0.2 {
                }
            }
            domain 0.40.10.in-addr.arpa {
                addnta
                name-server 10.20.0.2 {
                }
                name-server 10.30.0.2 {
                }
            }
            domain 1.168.192.in-addr.arpa {
                addnta
                name-server 10.20.0.2 {
                }
                name-server 10.30.0.2 {
                }
            }
            domain lab.example.net {
                addnta
                name-server 10.20.0.2 {
                }
                name-server 10.30.0.2 {
                }
            }
            listen-address "10.10.0.1"
            listen-address "2001:db8:0:10::1"
            listen-address "10.20.0.1"
            listen-address "2001:db8:0:20::1"
            listen-address "10.30.0.1"
            listen-address "10.31.0.1"
            listen-address "10.40.0.1"
            name-server 149.112.112.112 {
            }
            name-server 9.9.9.9 {
            }
        }
    }
    ntp {
        allow-client {
            address "10.10.0.0/24"
            address "2001:db8:0:10::/64"
            address "10.20.0.0/24"
            address "2001:db8:0:20::/64"
            address "10.30.0.0/24"
            address "10.31.0.0/24"
            address "10.40.0.0/24"
        }
        listen-address "10.10.0.1"
        listen-address "2001:db8:0:10::1"
        listen-address "10.20.0.1"
        listen-address "2001:db8:0:20::1"
        listen-address "10.30.0.1"
        listen-address "10.31.0.1"
        listen-address "10.40.0.1"
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
        interface eth1.10 {
            dnssl "lab.example.net"
            name-server "2001:db8:0:10::1"
            prefix 2001:db8:0:10::/64 {
            }
        }
        interface eth1.20 {
            dnssl "lab.example.net"
            name-server "2001:db8:0:20::1"
            prefix 2001:db8:0:20::/64 {
            }
        }
    }
    ssh {
        client-keepalive-interval "180"
        disable-password-authentication
        listen-address "10.10.0.1"
        listen-address "2001:db8:0:10::1"
        port "22"
    }
}
system {
    config-management {
        commit-archive {
            location "sftp://vyos@10.30.0.5/srv/vyos"
        }
        commit-revisions "100"
    }
    console {
        device ttyS0 {
            speed "115200"
        }
    }
    domain-name "lab.example.net"
    flow-accounting {
        disable-imt
        interface "eth1.10"
        interface "eth1.20"
        interface "eth1.30"
        interface "eth1.31"
        interface "eth1.40"
        interface "eth0"
        netflow {
            server 10.20.0.30 {
                port "2055"
            }
            source-address "10.10.0.1"
            version "9"
        }
    }
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
// vyos-config-version: "bgp@5:broadcast-relay@1:cluster@2:config-management@1:conntrack-sync@2:conntrack@5:container@2:dhcp-relay@2:dhcp-server@8:dhcpv6-server@1:dns-dynamic@4:dns-forwarding@4:firewall@15:flow-accounting@1:https@6:ids@1:interfaces@32:ipoe-server@3:ipsec@13:isis@3:l2tp@9:lldp@2:mdns@1:monitoring@1:nat66@3:nat@8:ntp@3:openconnect@3:ospf@2:pim@1:policy@8:pppoe-server@10:pptp@5:qos@2:quagga@11:reverse-proxy@1:rip@1:rpki@2:salt@1:snmp@3:ssh@2:sstp@6:system@27:vrf@3:vrrp@4:vyos-accel-ppp@2:wanloadbalance@3:webproxy@2"
// Release version: 1.4.3
