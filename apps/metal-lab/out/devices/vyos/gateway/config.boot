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
            network "192.168.178.0/24"
            network "10.110.0.0/24"
            network "10.111.0.0/24"
            network "10.120.0.0/24"
            network "10.121.0.0/24"
            network "10.130.0.0/24"
            network "10.140.0.0/24"
            network "10.141.0.0/24"
            network "10.142.0.0/24"
            network "10.130.1.0/24"
            network "10.140.1.0/24"
            network "10.141.1.0/24"
            network "10.142.1.0/24"
        }
        network-group brain.cacppt-system.controllers {
            network "10.130.0.11/32"
            network "10.130.0.12/32"
            network "10.130.0.13/32"
        }
        network-group brain.caphv-system.controllers {
            network "10.130.0.11/32"
            network "10.130.0.12/32"
            network "10.130.0.13/32"
        }
    }
    ipv4 {
        name LOCAL.dev {
            default-action "drop"
            default-log
            rule 70 {
                action "accept"
                description "metal-lab/gateway to metal-lab/dev/dev-11"
                destination {
                    address "10.142.0.11"
                    port "179"
                }
                protocol "tcp"
            }
            rule 80 {
                action "accept"
                description "metal-lab/gateway to metal-lab/dev/dev-12"
                destination {
                    address "10.142.0.12"
                    port "179"
                }
                protocol "tcp"
            }
            rule 90 {
                action "accept"
                description "metal-lab/gateway to metal-lab/dev/dev-13"
                destination {
                    address "10.142.0.13"
                    port "179"
                }
                protocol "tcp"
            }
            rule 100 {
                action "accept"
                description "metal-lab/gateway to metal-lab/dev/dev-14"
                destination {
                    address "10.142.0.14"
                    port "179"
                }
                protocol "tcp"
            }
            rule 110 {
                action "accept"
                description "metal-lab/gateway to metal-lab/dev/dev-15"
                destination {
                    address "10.142.0.15"
                    port "179"
                }
                protocol "tcp"
            }
            rule 120 {
                action "accept"
                description "metal-lab/gateway to metal-lab/dev/dev-16"
                destination {
                    address "10.142.0.16"
                    port "179"
                }
                protocol "tcp"
            }
            rule 130 {
                action "accept"
                description "metal-lab/gateway to metal-lab/dev/dev-17"
                destination {
                    address "10.142.0.17"
                    port "179"
                }
                protocol "tcp"
            }
            rule 140 {
                action "accept"
                description "metal-lab/gateway to metal-lab/dev/dev-18"
                destination {
                    address "10.142.0.18"
                    port "179"
                }
                protocol "tcp"
            }
            rule 150 {
                action "accept"
                description "metal-lab/gateway to metal-lab/dev/dev-19"
                destination {
                    address "10.142.0.19"
                    port "179"
                }
                protocol "tcp"
            }
        }
        name LOCAL.games {
            default-action "drop"
            default-log
            rule 70 {
                action "accept"
                description "metal-lab/gateway to metal-lab/games/games-11"
                destination {
                    address "10.141.0.11"
                    port "179"
                }
                protocol "tcp"
            }
            rule 80 {
                action "accept"
                description "metal-lab/gateway to metal-lab/games/games-12"
                destination {
                    address "10.141.0.12"
                    port "179"
                }
                protocol "tcp"
            }
            rule 90 {
                action "accept"
                description "metal-lab/gateway to metal-lab/games/games-13"
                destination {
                    address "10.141.0.13"
                    port "179"
                }
                protocol "tcp"
            }
            rule 100 {
                action "accept"
                description "metal-lab/gateway to metal-lab/games/games-14"
                destination {
                    address "10.141.0.14"
                    port "179"
                }
                protocol "tcp"
            }
            rule 110 {
                action "accept"
                description "metal-lab/gateway to metal-lab/games/games-15"
                destination {
                    address "10.141.0.15"
                    port "179"
                }
                protocol "tcp"
            }
            rule 120 {
                action "accept"
                description "metal-lab/gateway to metal-lab/games/games-16"
                destination {
                    address "10.141.0.16"
                    port "179"
                }
                protocol "tcp"
            }
            rule 130 {
                action "accept"
                description "metal-lab/gateway to metal-lab/games/games-17"
                destination {
                    address "10.141.0.17"
                    port "179"
                }
                protocol "tcp"
            }
            rule 140 {
                action "accept"
                description "metal-lab/gateway to metal-lab/games/games-18"
                destination {
                    address "10.141.0.18"
                    port "179"
                }
                protocol "tcp"
            }
            rule 150 {
                action "accept"
                description "metal-lab/gateway to metal-lab/games/games-19"
                destination {
                    address "10.141.0.19"
                    port "179"
                }
                protocol "tcp"
            }
        }
        name LOCAL.home {
            default-action "drop"
            default-log
            rule 10 {
                action "accept"
                description "metal-lab/gateway to metal-lab/internet"
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
                description "metal-lab/gateway to metal-lab/internet"
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
                description "metal-lab/gateway to metal-lab/internet"
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
                description "metal-lab/gateway to metal-lab/internet"
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
                description "metal-lab/gateway to metal-lab/internet"
                destination {
                    group {
                        network-group "!SITE"
                    }
                    port "123"
                }
                protocol "udp"
            }
        }
        name LOCAL.media {
            default-action "drop"
            default-log
            rule 70 {
                action "accept"
                description "metal-lab/gateway to metal-lab/media/media-11"
                destination {
                    address "10.140.0.11"
                    port "179"
                }
                protocol "tcp"
            }
            rule 80 {
                action "accept"
                description "metal-lab/gateway to metal-lab/media/media-12"
                destination {
                    address "10.140.0.12"
                    port "179"
                }
                protocol "tcp"
            }
            rule 90 {
                action "accept"
                description "metal-lab/gateway to metal-lab/media/media-13"
                destination {
                    address "10.140.0.13"
                    port "179"
                }
                protocol "tcp"
            }
            rule 100 {
                action "accept"
                description "metal-lab/gateway to metal-lab/media/media-14"
                destination {
                    address "10.140.0.14"
                    port "179"
                }
                protocol "tcp"
            }
            rule 110 {
                action "accept"
                description "metal-lab/gateway to metal-lab/media/media-15"
                destination {
                    address "10.140.0.15"
                    port "179"
                }
                protocol "tcp"
            }
            rule 120 {
                action "accept"
                description "metal-lab/gateway to metal-lab/media/media-16"
                destination {
                    address "10.140.0.16"
                    port "179"
                }
                protocol "tcp"
            }
            rule 130 {
                action "accept"
                description "metal-lab/gateway to metal-lab/media/media-17"
                destination {
                    address "10.140.0.17"
                    port "179"
                }
                protocol "tcp"
            }
            rule 140 {
                action "accept"
                description "metal-lab/gateway to metal-lab/media/media-18"
                destination {
                    address "10.140.0.18"
                    port "179"
                }
                protocol "tcp"
            }
            rule 150 {
                action "accept"
                description "metal-lab/gateway to metal-lab/media/media-19"
                destination {
                    address "10.140.0.19"
                    port "179"
                }
                protocol "tcp"
            }
        }
        name LOCAL.platform {
            default-action "drop"
            default-log
            rule 10 {
                action "accept"
                description "metal-lab/gateway to metal-lab/platform/platform-1"
                destination {
                    address "10.130.0.11"
                    port "179"
                }
                protocol "tcp"
            }
            rule 20 {
                action "accept"
                description "metal-lab/gateway to metal-lab/platform/platform-2"
                destination {
                    address "10.130.0.12"
                    port "179"
                }
                protocol "tcp"
            }
            rule 30 {
                action "accept"
                description "metal-lab/gateway to metal-lab/platform/platform-3"
                destination {
                    address "10.130.0.13"
                    port "179"
                }
                protocol "tcp"
            }
            rule 40 {
                action "accept"
                description "metal-lab/gateway to metal-lab/platform/platform-1"
                destination {
                    address "10.130.0.11"
                    port "3784"
                }
                protocol "udp"
            }
            rule 50 {
                action "accept"
                description "metal-lab/gateway to metal-lab/platform/platform-2"
                destination {
                    address "10.130.0.12"
                    port "3784"
                }
                protocol "udp"
            }
            rule 60 {
                action "accept"
                description "metal-lab/gateway to metal-lab/platform/platform-3"
                destination {
                    address "10.130.0.13"
                    port "3784"
                }
                protocol "udp"
            }
        }
        name dev.LOCAL {
            default-action "drop"
            default-log
            rule 10 {
                action "accept"
                description "metal-lab/dev to metal-lab/gateway"
                icmp {
                    type-name "echo-request"
                }
                protocol "icmp"
                source {
                    address "10.142.0.0/24"
                }
            }
            rule 20 {
                action "accept"
                description "metal-lab/dev to metal-lab/gateway"
                destination {
                    port "53"
                }
                protocol "tcp"
                source {
                    address "10.142.0.0/24"
                }
            }
            rule 60 {
                action "accept"
                description "metal-lab/dev to metal-lab/gateway"
                destination {
                    port "53"
                }
                protocol "udp"
                source {
                    address "10.142.0.0/24"
                }
            }
            rule 70 {
                action "accept"
                description "metal-lab/dev to metal-lab/gateway"
                destination {
                    port "123"
                }
                protocol "udp"
                source {
                    address "10.142.0.0/24"
                }
            }
            rule 110 {
                action "accept"
                description "metal-lab/dev to metal-lab/gateway"
                destination {
                    port "67"
                }
                protocol "udp"
                source {
                    address "10.142.0.0/24"
                }
            }
            rule 120 {
                action "accept"
                description "metal-lab/dev/dev-11 to metal-lab/gateway"
                destination {
                    port "179"
                }
                protocol "tcp"
                source {
                    address "10.142.0.11"
                }
            }
            rule 130 {
                action "accept"
                description "metal-lab/dev/dev-12 to metal-lab/gateway"
                destination {
                    port "179"
                }
                protocol "tcp"
                source {
                    address "10.142.0.12"
                }
            }
            rule 140 {
                action "accept"
                description "metal-lab/dev/dev-13 to metal-lab/gateway"
                destination {
                    port "179"
                }
                protocol "tcp"
                source {
                    address "10.142.0.13"
                }
            }
            rule 150 {
                action "accept"
                description "metal-lab/dev/dev-14 to metal-lab/gateway"
                destination {
                    port "179"
                }
                protocol "tcp"
                source {
                    address "10.142.0.14"
                }
            }
            rule 160 {
                action "accept"
                description "metal-lab/dev/dev-15 to metal-lab/gateway"
                destination {
                    port "179"
                }
                protocol "tcp"
                source {
                    address "10.142.0.15"
                }
            }
            rule 170 {
                action "accept"
                description "metal-lab/dev/dev-16 to metal-lab/gateway"
                destination {
                    port "179"
                }
                protocol "tcp"
                source {
                    address "10.142.0.16"
                }
            }
            rule 180 {
                action "accept"
                description "metal-lab/dev/dev-17 to metal-lab/gateway"
                destination {
                    port "179"
                }
                protocol "tcp"
                source {
                    address "10.142.0.17"
                }
            }
            rule 190 {
                action "accept"
                description "metal-lab/dev/dev-18 to metal-lab/gateway"
                destination {
                    port "179"
                }
                protocol "tcp"
                source {
                    address "10.142.0.18"
                }
            }
            rule 200 {
                action "accept"
                description "metal-lab/dev/dev-19 to metal-lab/gateway"
                destination {
                    port "179"
                }
                protocol "tcp"
                source {
                    address "10.142.0.19"
                }
            }
        }
        name dev.harvester {
            default-action "drop"
            default-log
            rule 10 {
                action "accept"
                description "metal-lab/dev to metal-lab/harvester/dev-api"
                destination {
                    address "10.120.0.42"
                    port "6443"
                }
                protocol "tcp"
                source {
                    address "10.142.0.0/24"
                }
            }
        }
        name dev.home {
            default-action "drop"
            default-log
            rule 10 {
                action "accept"
                description "metal-lab/dev to metal-lab/internet"
                destination {
                    group {
                        network-group "!SITE"
                    }
                    port "443"
                }
                protocol "tcp"
                source {
                    address "10.142.0.0/24"
                }
            }
        }
        name dev.platform {
            default-action "drop"
            default-log
            rule 10 {
                action "accept"
                description "metal-lab/dev to metal-lab/gateway/platform"
                destination {
                    address "10.130.1.0/24"
                    port "443"
                }
                protocol "tcp"
                source {
                    address "10.142.0.0/24"
                }
            }
        }
        name games.LOCAL {
            default-action "drop"
            default-log
            rule 10 {
                action "accept"
                description "metal-lab/games to metal-lab/gateway"
                icmp {
                    type-name "echo-request"
                }
                protocol "icmp"
                source {
                    address "10.141.0.0/24"
                }
            }
            rule 20 {
                action "accept"
                description "metal-lab/games to metal-lab/gateway"
                destination {
                    port "53"
                }
                protocol "tcp"
                source {
                    address "10.141.0.0/24"
                }
            }
            rule 60 {
                action "accept"
                description "metal-lab/games to metal-lab/gateway"
                destination {
                    port "53"
                }
                protocol "udp"
                source {
                    address "10.141.0.0/24"
                }
            }
            rule 70 {
                action "accept"
                description "metal-lab/games to metal-lab/gateway"
                destination {
                    port "123"
                }
                protocol "udp"
                source {
                    address "10.141.0.0/24"
                }
            }
            rule 110 {
                action "accept"
                description "metal-lab/games to metal-lab/gateway"
                destination {
                    port "67"
                }
                protocol "udp"
                source {
                    address "10.141.0.0/24"
                }
            }
            rule 120 {
                action "accept"
                description "metal-lab/games/games-11 to metal-lab/gateway"
                destination {
                    port "179"
                }
                protocol "tcp"
                source {
                    address "10.141.0.11"
                }
            }
            rule 130 {
                action "accept"
                description "metal-lab/games/games-12 to metal-lab/gateway"
                destination {
                    port "179"
                }
                protocol "tcp"
                source {
                    address "10.141.0.12"
                }
            }
            rule 140 {
                action "accept"
                description "metal-lab/games/games-13 to metal-lab/gateway"
                destination {
                    port "179"
                }
                protocol "tcp"
                source {
                    address "10.141.0.13"
                }
            }
            rule 150 {
                action "accept"
                description "metal-lab/games/games-14 to metal-lab/gateway"
                destination {
                    port "179"
                }
                protocol "tcp"
                source {
                    address "10.141.0.14"
                }
            }
            rule 160 {
                action "accept"
                description "metal-lab/games/games-15 to metal-lab/gateway"
                destination {
                    port "179"
                }
                protocol "tcp"
                source {
                    address "10.141.0.15"
                }
            }
            rule 170 {
                action "accept"
                description "metal-lab/games/games-16 to metal-lab/gateway"
                destination {
                    port "179"
                }
                protocol "tcp"
                source {
                    address "10.141.0.16"
                }
            }
            rule 180 {
                action "accept"
                description "metal-lab/games/games-17 to metal-lab/gateway"
                destination {
                    port "179"
                }
                protocol "tcp"
                source {
                    address "10.141.0.17"
                }
            }
            rule 190 {
                action "accept"
                description "metal-lab/games/games-18 to metal-lab/gateway"
                destination {
                    port "179"
                }
                protocol "tcp"
                source {
                    address "10.141.0.18"
                }
            }
            rule 200 {
                action "accept"
                description "metal-lab/games/games-19 to metal-lab/gateway"
                destination {
                    port "179"
                }
                protocol "tcp"
                source {
                    address "10.141.0.19"
                }
            }
        }
        name games.harvester {
            default-action "drop"
            default-log
            rule 10 {
                action "accept"
                description "metal-lab/games to metal-lab/harvester/games-api"
                destination {
                    address "10.120.0.41"
                    port "6443"
                }
                protocol "tcp"
                source {
                    address "10.141.0.0/24"
                }
            }
        }
        name games.home {
            default-action "drop"
            default-log
            rule 10 {
                action "accept"
                description "metal-lab/games to metal-lab/internet"
                destination {
                    group {
                        network-group "!SITE"
                    }
                    port "443"
                }
                protocol "tcp"
                source {
                    address "10.141.0.0/24"
                }
            }
        }
        name games.platform {
            default-action "drop"
            default-log
            rule 10 {
                action "accept"
                description "metal-lab/games to metal-lab/gateway/platform"
                destination {
                    address "10.130.1.0/24"
                    port "443"
                }
                protocol "tcp"
                source {
                    address "10.141.0.0/24"
                }
            }
        }
        name harvester.LOCAL {
            default-action "drop"
            default-log
            rule 10 {
                action "accept"
                description "metal-lab/harvester to metal-lab/gateway"
                icmp {
                    type-name "echo-request"
                }
                protocol "icmp"
                source {
                    address "10.120.0.0/24"
                }
            }
            rule 20 {
                action "accept"
                description "metal-lab/harvester to metal-lab/gateway"
                destination {
                    port "53"
                }
                protocol "tcp"
                source {
                    address "10.120.0.0/24"
                }
            }
            rule 30 {
                action "accept"
                description "metal-lab/harvester to metal-lab/gateway"
                destination {
                    port "53"
                }
                protocol "udp"
                source {
                    address "10.120.0.0/24"
                }
            }
            rule 40 {
                action "accept"
                description "metal-lab/harvester to metal-lab/gateway"
                destination {
                    port "123"
                }
                protocol "udp"
                source {
                    address "10.120.0.0/24"
                }
            }
        }
        name harvester.dev {
            default-action "drop"
            default-log
            rule 10 {
                action "accept"
                description "metal-lab/harvester to metal-lab/dev"
                destination {
                    address "10.142.0.0/24"
                    port "6443"
                }
                protocol "tcp"
                source {
                    address "10.120.0.0/24"
                }
            }
        }
        name harvester.games {
            default-action "drop"
            default-log
            rule 10 {
                action "accept"
                description "metal-lab/harvester to metal-lab/games"
                destination {
                    address "10.141.0.0/24"
                    port "6443"
                }
                protocol "tcp"
                source {
                    address "10.120.0.0/24"
                }
            }
        }
        name harvester.home {
            default-action "drop"
            default-log
            rule 10 {
                action "accept"
                description "metal-lab/harvester to metal-lab/internet"
                destination {
                    group {
                        network-group "!SITE"
                    }
                    port "443"
                }
                protocol "tcp"
                source {
                    address "10.120.0.0/24"
                }
            }
        }
        name harvester.media {
            default-action "drop"
            default-log
            rule 10 {
                action "accept"
                description "metal-lab/harvester to metal-lab/media"
                destination {
                    address "10.140.0.0/24"
                    port "6443"
                }
                protocol "tcp"
                source {
                    address "10.120.0.0/24"
                }
            }
        }
        name harvester.provisioning {
            default-action "drop"
            default-log
            rule 10 {
                action "accept"
                description "metal-lab/harvester/ms-01 to metal-lab/provisioning/seed"
                destination {
                    address "10.111.0.2"
                    port "7173"
                }
                protocol "tcp"
                source {
                    address "10.120.0.11"
                }
            }
            rule 20 {
                action "accept"
                description "metal-lab/harvester/ms-02 to metal-lab/provisioning/seed"
                destination {
                    address "10.111.0.2"
                    port "7173"
                }
                protocol "tcp"
                source {
                    address "10.120.0.12"
                }
            }
            rule 30 {
                action "accept"
                description "metal-lab/harvester/ms-03 to metal-lab/provisioning/seed"
                destination {
                    address "10.111.0.2"
                    port "7173"
                }
                protocol "tcp"
                source {
                    address "10.120.0.13"
                }
            }
        }
        name management.LOCAL {
            default-action "drop"
            default-log
            rule 10 {
                action "accept"
                description "metal-lab/management to metal-lab/gateway"
                icmp {
                    type-name "echo-request"
                }
                protocol "icmp"
                source {
                    address "10.110.0.0/24"
                }
            }
            rule 20 {
                action "accept"
                description "metal-lab/management to metal-lab/gateway"
                destination {
                    port "22"
                }
                protocol "tcp"
                source {
                    address "10.110.0.0/24"
                }
            }
            rule 30 {
                action "accept"
                description "metal-lab/management to metal-lab/gateway"
                destination {
                    port "53"
                }
                protocol "tcp"
                source {
                    address "10.110.0.0/24"
                }
            }
            rule 40 {
                action "accept"
                description "metal-lab/management to metal-lab/gateway"
                destination {
                    port "53"
                }
                protocol "udp"
                source {
                    address "10.110.0.0/24"
                }
            }
            rule 50 {
                action "accept"
                description "metal-lab/management to metal-lab/gateway"
                destination {
                    port "123"
                }
                protocol "udp"
                source {
                    address "10.110.0.0/24"
                }
            }
        }
        name management.dev {
            default-action "drop"
            default-log
            rule 10 {
                action "accept"
                description "metal-lab/management/desk to metal-lab/gateway/dev"
                destination {
                    address "10.142.1.0/24"
                    port "443"
                }
                protocol "tcp"
                source {
                    address "10.110.0.9"
                }
            }
            rule 20 {
                action "accept"
                description "metal-lab/management/desk to metal-lab/dev"
                destination {
                    address "10.142.0.0/24"
                    port "50000"
                }
                protocol "tcp"
                source {
                    address "10.110.0.9"
                }
            }
        }
        name management.games {
            default-action "drop"
            default-log
            rule 10 {
                action "accept"
                description "metal-lab/management/desk to metal-lab/gateway/games"
                destination {
                    address "10.141.1.0/24"
                    port "443"
                }
                protocol "tcp"
                source {
                    address "10.110.0.9"
                }
            }
            rule 20 {
                action "accept"
                description "metal-lab/management/desk to metal-lab/games"
                destination {
                    address "10.141.0.0/24"
                    port "50000"
                }
                protocol "tcp"
                source {
                    address "10.110.0.9"
                }
            }
        }
        name management.harvester {
            default-action "drop"
            default-log
            rule 10 {
                action "accept"
                description "metal-lab/management/desk to metal-lab/harvester/ms-01"
                destination {
                    address "10.120.0.11"
                    port "22"
                }
                protocol "tcp"
                source {
                    address "10.110.0.9"
                }
            }
            rule 20 {
                action "accept"
                description "metal-lab/management/desk to metal-lab/harvester/ms-02"
                destination {
                    address "10.120.0.12"
                    port "22"
                }
                protocol "tcp"
                source {
                    address "10.110.0.9"
                }
            }
            rule 30 {
                action "accept"
                description "metal-lab/management/desk to metal-lab/harvester/ms-03"
                destination {
                    address "10.120.0.13"
                    port "22"
                }
                protocol "tcp"
                source {
                    address "10.110.0.9"
                }
            }
            rule 50 {
                action "accept"
                description "metal-lab/management/desk to metal-lab/hci"
                destination {
                    address "10.120.0.10"
                    port "443"
                }
                protocol "tcp"
                source {
                    address "10.110.0.9"
                }
            }
            rule 60 {
                action "accept"
                description "metal-lab/management/desk to metal-lab/harvester/media-api"
                destination {
                    address "10.120.0.40"
                    port "6443"
                }
                protocol "tcp"
                source {
                    address "10.110.0.9"
                }
            }
            rule 70 {
                action "accept"
                description "metal-lab/management/desk to metal-lab/harvester/games-api"
                destination {
                    address "10.120.0.41"
                    port "6443"
                }
                protocol "tcp"
                source {
                    address "10.110.0.9"
                }
            }
            rule 80 {
                action "accept"
                description "metal-lab/management/desk to metal-lab/harvester/dev-api"
                destination {
                    address "10.120.0.42"
                    port "6443"
                }
                protocol "tcp"
                source {
                    address "10.110.0.9"
                }
            }
        }
        name management.home {
            default-action "drop"
            default-log
            rule 10 {
                action "accept"
                description "metal-lab/management to metal-lab/internet"
                destination {
                    group {
                        network-group "!SITE"
                    }
                    port "443"
                }
                protocol "tcp"
                source {
                    address "10.110.0.0/24"
                }
            }
        }
        name management.media {
            default-action "drop"
            default-log
            rule 10 {
                action "accept"
                description "metal-lab/management/desk to metal-lab/gateway/media"
                destination {
                    address "10.140.1.0/24"
                    port "443"
                }
                protocol "tcp"
                source {
                    address "10.110.0.9"
                }
            }
            rule 20 {
                action "accept"
                description "metal-lab/management/desk to metal-lab/media"
                destination {
                    address "10.140.0.0/24"
                    port "50000"
                }
                protocol "tcp"
                source {
                    address "10.110.0.9"
                }
            }
        }
        name management.platform {
            default-action "drop"
            default-log
            rule 40 {
                action "accept"
                description "metal-lab/management/desk to metal-lab/gateway/platform"
                destination {
                    address "10.130.1.0/24"
                    port "443"
                }
                protocol "tcp"
                source {
                    address "10.110.0.9"
                }
            }
            rule 50 {
                action "accept"
                description "metal-lab/management/desk to metal-lab/platform"
                destination {
                    address "10.130.0.0/24"
                    port "50000"
                }
                protocol "tcp"
                source {
                    address "10.110.0.9"
                }
            }
            rule 60 {
                action "accept"
                description "metal-lab/management/desk to metal-lab/platform"
                destination {
                    address "10.130.0.0/24"
                    port "6443"
                }
                protocol "tcp"
                source {
                    address "10.110.0.9"
                }
            }
        }
        name management.provisioning {
            default-action "drop"
            default-log
            rule 10 {
                action "accept"
                description "metal-lab/management/desk to metal-lab/provisioning/seed"
                destination {
                    address "10.111.0.2"
                    port "6443"
                }
                protocol "tcp"
                source {
                    address "10.110.0.9"
                }
            }
            rule 20 {
                action "accept"
                description "metal-lab/management/desk to metal-lab/provisioning/seed"
                destination {
                    address "10.111.0.2"
                    port "50000"
                }
                protocol "tcp"
                source {
                    address "10.110.0.9"
                }
            }
        }
        name media.LOCAL {
            default-action "drop"
            default-log
            rule 10 {
                action "accept"
                description "metal-lab/media to metal-lab/gateway"
                icmp {
                    type-name "echo-request"
                }
                protocol "icmp"
                source {
                    address "10.140.0.0/24"
                }
            }
            rule 20 {
                action "accept"
                description "metal-lab/media to metal-lab/gateway"
                destination {
                    port "53"
                }
                protocol "tcp"
                source {
                    address "10.140.0.0/24"
                }
            }
            rule 60 {
                action "accept"
                description "metal-lab/media to metal-lab/gateway"
                destination {
                    port "53"
                }
                protocol "udp"
                source {
                    address "10.140.0.0/24"
                }
            }
            rule 70 {
                action "accept"
                description "metal-lab/media to metal-lab/gateway"
                destination {
                    port "123"
                }
                protocol "udp"
                source {
                    address "10.140.0.0/24"
                }
            }
            rule 110 {
                action "accept"
                description "metal-lab/media to metal-lab/gateway"
                destination {
                    port "67"
                }
                protocol "udp"
                source {
                    address "10.140.0.0/24"
                }
            }
            rule 120 {
                action "accept"
                description "metal-lab/media/media-11 to metal-lab/gateway"
                destination {
                    port "179"
                }
                protocol "tcp"
                source {
                    address "10.140.0.11"
                }
            }
            rule 130 {
                action "accept"
                description "metal-lab/media/media-12 to metal-lab/gateway"
                destination {
                    port "179"
                }
                protocol "tcp"
                source {
                    address "10.140.0.12"
                }
            }
            rule 140 {
                action "accept"
                description "metal-lab/media/media-13 to metal-lab/gateway"
                destination {
                    port "179"
                }
                protocol "tcp"
                source {
                    address "10.140.0.13"
                }
            }
            rule 150 {
                action "accept"
                description "metal-lab/media/media-14 to metal-lab/gateway"
                destination {
                    port "179"
                }
                protocol "tcp"
                source {
                    address "10.140.0.14"
                }
            }
            rule 160 {
                action "accept"
                description "metal-lab/media/media-15 to metal-lab/gateway"
                destination {
                    port "179"
                }
                protocol "tcp"
                source {
                    address "10.140.0.15"
                }
            }
            rule 170 {
                action "accept"
                description "metal-lab/media/media-16 to metal-lab/gateway"
                destination {
                    port "179"
                }
                protocol "tcp"
                source {
                    address "10.140.0.16"
                }
            }
            rule 180 {
                action "accept"
                description "metal-lab/media/media-17 to metal-lab/gateway"
                destination {
                    port "179"
                }
                protocol "tcp"
                source {
                    address "10.140.0.17"
                }
            }
            rule 190 {
                action "accept"
                description "metal-lab/media/media-18 to metal-lab/gateway"
                destination {
                    port "179"
                }
                protocol "tcp"
                source {
                    address "10.140.0.18"
                }
            }
            rule 200 {
                action "accept"
                description "metal-lab/media/media-19 to metal-lab/gateway"
                destination {
                    port "179"
                }
                protocol "tcp"
                source {
                    address "10.140.0.19"
                }
            }
        }
        name media.harvester {
            default-action "drop"
            default-log
            rule 10 {
                action "accept"
                description "metal-lab/media to metal-lab/harvester/media-api"
                destination {
                    address "10.120.0.40"
                    port "6443"
                }
                protocol "tcp"
                source {
                    address "10.140.0.0/24"
                }
            }
        }
        name media.home {
            default-action "drop"
            default-log
            rule 10 {
                action "accept"
                description "metal-lab/media to metal-lab/internet"
                destination {
                    group {
                        network-group "!SITE"
                    }
                    port "443"
                }
                protocol "tcp"
                source {
                    address "10.140.0.0/24"
                }
            }
        }
        name media.platform {
            default-action "drop"
            default-log
            rule 10 {
                action "accept"
                description "metal-lab/media to metal-lab/gateway/platform"
                destination {
                    address "10.130.1.0/24"
                    port "443"
                }
                protocol "tcp"
                source {
                    address "10.140.0.0/24"
                }
            }
        }
        name platform.LOCAL {
            default-action "drop"
            default-log
            rule 10 {
                action "accept"
                description "metal-lab/platform to metal-lab/gateway"
                icmp {
                    type-name "echo-request"
                }
                protocol "icmp"
                source {
                    address "10.130.0.0/24"
                }
            }
            rule 20 {
                action "accept"
                description "metal-lab/platform to metal-lab/gateway"
                destination {
                    port "53"
                }
                protocol "tcp"
                source {
                    address "10.130.0.0/24"
                }
            }
            rule 30 {
                action "accept"
                description "metal-lab/platform/platform-1 to metal-lab/gateway"
                destination {
                    port "179"
                }
                protocol "tcp"
                source {
                    address "10.130.0.11"
                }
            }
            rule 40 {
                action "accept"
                description "metal-lab/platform/platform-2 to metal-lab/gateway"
                destination {
                    port "179"
                }
                protocol "tcp"
                source {
                    address "10.130.0.12"
                }
            }
            rule 50 {
                action "accept"
                description "metal-lab/platform/platform-3 to metal-lab/gateway"
                destination {
                    port "179"
                }
                protocol "tcp"
                source {
                    address "10.130.0.13"
                }
            }
            rule 60 {
                action "accept"
                description "metal-lab/platform to metal-lab/gateway"
                destination {
                    port "53"
                }
                protocol "udp"
                source {
                    address "10.130.0.0/24"
                }
            }
            rule 70 {
                action "accept"
                description "metal-lab/platform to metal-lab/gateway"
                destination {
                    port "123"
                }
                protocol "udp"
                source {
                    address "10.130.0.0/24"
                }
            }
            rule 80 {
                action "accept"
                description "metal-lab/platform/platform-1 to metal-lab/gateway"
                destination {
                    port "3784"
                }
                protocol "udp"
                source {
                    address "10.130.0.11"
                }
            }
            rule 90 {
                action "accept"
                description "metal-lab/platform/platform-2 to metal-lab/gateway"
                destination {
                    port "3784"
                }
                protocol "udp"
                source {
                    address "10.130.0.12"
                }
            }
            rule 100 {
                action "accept"
                description "metal-lab/platform/platform-3 to metal-lab/gateway"
                destination {
                    port "3784"
                }
                protocol "udp"
                source {
                    address "10.130.0.13"
                }
            }
        }
        name platform.dev {
            default-action "drop"
            default-log
            rule 30 {
                action "accept"
                description "metal-lab/hci/platform-1 to metal-lab/dev"
                destination {
                    address "10.142.0.0/24"
                    port "50000"
                }
                protocol "tcp"
                source {
                    address "10.130.0.11"
                }
            }
            rule 40 {
                action "accept"
                description "metal-lab/brain/cacppt-system/controllers to metal-lab/dev"
                destination {
                    address "10.142.0.0/24"
                    port "50000"
                }
                protocol "tcp"
                source {
                    group {
                        network-group "brain.cacppt-system.controllers"
                    }
                }
            }
            rule 50 {
                action "accept"
                description "metal-lab/hci/platform-2 to metal-lab/dev"
                destination {
                    address "10.142.0.0/24"
                    port "50000"
                }
                protocol "tcp"
                source {
                    address "10.130.0.12"
                }
            }
            rule 60 {
                action "accept"
                description "metal-lab/hci/platform-3 to metal-lab/dev"
                destination {
                    address "10.142.0.0/24"
                    port "50000"
                }
                protocol "tcp"
                source {
                    address "10.130.0.13"
                }
            }
        }
        name platform.games {
            default-action "drop"
            default-log
            rule 30 {
                action "accept"
                description "metal-lab/hci/platform-1 to metal-lab/games"
                destination {
                    address "10.141.0.0/24"
                    port "50000"
                }
                protocol "tcp"
                source {
                    address "10.130.0.11"
                }
            }
            rule 40 {
                action "accept"
                description "metal-lab/brain/cacppt-system/controllers to metal-lab/games"
                destination {
                    address "10.141.0.0/24"
                    port "50000"
                }
                protocol "tcp"
                source {
                    group {
                        network-group "brain.cacppt-system.controllers"
                    }
                }
            }
            rule 50 {
                action "accept"
                description "metal-lab/hci/platform-2 to metal-lab/games"
                destination {
                    address "10.141.0.0/24"
                    port "50000"
                }
                protocol "tcp"
                source {
                    address "10.130.0.12"
                }
            }
            rule 60 {
                action "accept"
                description "metal-lab/hci/platform-3 to metal-lab/games"
                destination {
                    address "10.141.0.0/24"
                    port "50000"
                }
                protocol "tcp"
                source {
                    address "10.130.0.13"
                }
            }
        }
        name platform.harvester {
            default-action "drop"
            default-log
            rule 30 {
                action "accept"
                description "metal-lab/hci/platform-1 to metal-lab/hci"
                destination {
                    address "10.120.0.10"
                    port "443"
                }
                protocol "tcp"
                source {
                    address "10.130.0.11"
                }
            }
            rule 40 {
                action "accept"
                description "metal-lab/brain/caphv-system/controllers to metal-lab/hci"
                destination {
                    address "10.120.0.10"
                    port "443"
                }
                protocol "tcp"
                source {
                    group {
                        network-group "brain.caphv-system.controllers"
                    }
                }
            }
            rule 50 {
                action "accept"
                description "metal-lab/hci/platform-2 to metal-lab/hci"
                destination {
                    address "10.120.0.10"
                    port "443"
                }
                protocol "tcp"
                source {
                    address "10.130.0.12"
                }
            }
            rule 60 {
                action "accept"
                description "metal-lab/hci/platform-3 to metal-lab/hci"
                destination {
                    address "10.120.0.10"
                    port "443"
                }
                protocol "tcp"
                source {
                    address "10.130.0.13"
                }
            }
            rule 70 {
                action "accept"
                description "metal-lab/hci/platform-1 to metal-lab/harvester/media-api"
                destination {
                    address "10.120.0.40"
                    port "6443"
                }
                protocol "tcp"
                source {
                    address "10.130.0.11"
                }
            }
            rule 80 {
                action "accept"
                description "metal-lab/hci/platform-1 to metal-lab/harvester/games-api"
                destination {
                    address "10.120.0.41"
                    port "6443"
                }
                protocol "tcp"
                source {
                    address "10.130.0.11"
                }
            }
            rule 90 {
                action "accept"
                description "metal-lab/hci/platform-1 to metal-lab/harvester/dev-api"
                destination {
                    address "10.120.0.42"
                    port "6443"
                }
                protocol "tcp"
                source {
                    address "10.130.0.11"
                }
            }
            rule 100 {
                action "accept"
                description "metal-lab/brain/cacppt-system/controllers to metal-lab/harvester/media-api"
                destination {
                    address "10.120.0.40"
                    port "6443"
                }
                protocol "tcp"
                source {
                    group {
                        network-group "brain.cacppt-system.controllers"
                    }
                }
            }
            rule 110 {
                action "accept"
                description "metal-lab/brain/cacppt-system/controllers to metal-lab/harvester/games-api"
                destination {
                    address "10.120.0.41"
                    port "6443"
                }
                protocol "tcp"
                source {
                    group {
                        network-group "brain.cacppt-system.controllers"
                    }
                }
            }
            rule 120 {
                action "accept"
                description "metal-lab/brain/cacppt-system/controllers to metal-lab/harvester/dev-api"
                destination {
                    address "10.120.0.42"
                    port "6443"
                }
                protocol "tcp"
                source {
                    group {
                        network-group "brain.cacppt-system.controllers"
                    }
                }
            }
            rule 130 {
                action "accept"
                description "metal-lab/hci/platform-2 to metal-lab/harvester/media-api"
                destination {
                    address "10.120.0.40"
                    port "6443"
                }
                protocol "tcp"
                source {
                    address "10.130.0.12"
                }
            }
            rule 140 {
                action "accept"
                description "metal-lab/hci/platform-2 to metal-lab/harvester/games-api"
                destination {
                    address "10.120.0.41"
                    port "6443"
                }
                protocol "tcp"
                source {
                    address "10.130.0.12"
                }
            }
            rule 150 {
                action "accept"
                description "metal-lab/hci/platform-2 to metal-lab/harvester/dev-api"
                destination {
                    address "10.120.0.42"
                    port "6443"
                }
                protocol "tcp"
                source {
                    address "10.130.0.12"
                }
            }
            rule 160 {
                action "accept"
                description "metal-lab/hci/platform-3 to metal-lab/harvester/media-api"
                destination {
                    address "10.120.0.40"
                    port "6443"
                }
                protocol "tcp"
                source {
                    address "10.130.0.13"
                }
            }
            rule 170 {
                action "accept"
                description "metal-lab/hci/platform-3 to metal-lab/harvester/games-api"
                destination {
                    address "10.120.0.41"
                    port "6443"
                }
                protocol "tcp"
                source {
                    address "10.130.0.13"
                }
            }
            rule 180 {
                action "accept"
                description "metal-lab/hci/platform-3 to metal-lab/harvester/dev-api"
                destination {
                    address "10.120.0.42"
                    port "6443"
                }
                protocol "tcp"
                source {
                    address "10.130.0.13"
                }
            }
        }
        name platform.home {
            default-action "drop"
            default-log
            rule 10 {
                action "accept"
                description "metal-lab/platform to metal-lab/internet"
                destination {
                    group {
                        network-group "!SITE"
                    }
                    port "443"
                }
                protocol "tcp"
                source {
                    address "10.130.0.0/24"
                }
            }
        }
        name platform.media {
            default-action "drop"
            default-log
            rule 30 {
                action "accept"
                description "metal-lab/hci/platform-1 to metal-lab/media"
                destination {
                    address "10.140.0.0/24"
                    port "50000"
                }
                protocol "tcp"
                source {
                    address "10.130.0.11"
                }
            }
            rule 40 {
                action "accept"
                description "metal-lab/brain/cacppt-system/controllers to metal-lab/media"
                destination {
                    address "10.140.0.0/24"
                    port "50000"
                }
                protocol "tcp"
                source {
                    group {
                        network-group "brain.cacppt-system.controllers"
                    }
                }
            }
            rule 50 {
                action "accept"
                description "metal-lab/hci/platform-2 to metal-lab/media"
                destination {
                    address "10.140.0.0/24"
                    port "50000"
                }
                protocol "tcp"
                source {
                    address "10.130.0.12"
                }
            }
            rule 60 {
                action "accept"
                description "metal-lab/hci/platform-3 to metal-lab/media"
                destination {
                    address "10.140.0.0/24"
                    port "50000"
                }
                protocol "tcp"
                source {
                    address "10.130.0.13"
                }
            }
        }
        name provisioning.LOCAL {
            default-action "drop"
            default-log
            rule 10 {
                action "accept"
                description "metal-lab/provisioning to metal-lab/gateway"
                icmp {
                    type-name "echo-request"
                }
                protocol "icmp"
                source {
                    address "10.111.0.0/24"
                }
            }
            rule 20 {
                action "accept"
                description "metal-lab/provisioning to metal-lab/gateway"
                destination {
                    port "53"
                }
                protocol "tcp"
                source {
                    address "10.111.0.0/24"
                }
            }
            rule 30 {
                action "accept"
                description "metal-lab/provisioning to metal-lab/gateway"
                destination {
                    port "53"
                }
                protocol "udp"
                source {
                    address "10.111.0.0/24"
                }
            }
            rule 40 {
                action "accept"
                description "metal-lab/provisioning to metal-lab/gateway"
                destination {
                    port "123"
                }
                protocol "udp"
                source {
                    address "10.111.0.0/24"
                }
            }
        }
        name provisioning.home {
            default-action "drop"
            default-log
            rule 10 {
                action "accept"
                description "metal-lab/provisioning to metal-lab/internet"
                destination {
                    group {
                        network-group "!SITE"
                    }
                    port "443"
                }
                protocol "tcp"
                source {
                    address "10.111.0.0/24"
                }
            }
        }
    }
    ipv6 {
    }
    zone LOCAL {
        default-action "drop"
        default-log
        from dev {
            firewall {
                name "dev.LOCAL"
            }
        }
        from games {
            firewall {
                name "games.LOCAL"
            }
        }
        from harvester {
            firewall {
                name "harvester.LOCAL"
            }
        }
        from management {
            firewall {
                name "management.LOCAL"
            }
        }
        from media {
            firewall {
                name "media.LOCAL"
            }
        }
        from platform {
            firewall {
                name "platform.LOCAL"
            }
        }
        from provisioning {
            firewall {
                name "provisioning.LOCAL"
            }
        }
        local-zone
    }
    zone dev {
        default-action "drop"
        default-log
        description "metal-lab/dev"
        from LOCAL {
            firewall {
                name "LOCAL.dev"
            }
        }
        from harvester {
            firewall {
                name "harvester.dev"
            }
        }
        from management {
            firewall {
                name "management.dev"
            }
        }
        from platform {
            firewall {
                name "platform.dev"
            }
        }
        interface "eth1.142"
    }
    zone games {
        default-action "drop"
        default-log
        description "metal-lab/games"
        from LOCAL {
            firewall {
                name "LOCAL.games"
            }
        }
        from harvester {
            firewall {
                name "harvester.games"
            }
        }
        from management {
            firewall {
                name "management.games"
            }
        }
        from platform {
            firewall {
                name "platform.games"
            }
        }
        interface "eth1.141"
    }
    zone harvester {
        default-action "drop"
        default-log
        description "metal-lab/harvester"
        from dev {
            firewall {
                name "dev.harvester"
            }
        }
        from games {
            firewall {
                name "games.harvester"
            }
        }
        from management {
            firewall {
                name "management.harvester"
            }
        }
        from media {
            firewall {
                name "media.harvester"
            }
        }
        from platform {
            firewall {
                name "platform.harvester"
            }
        }
        interface "eth1.120"
    }
    zone home {
        default-action "drop"
        default-log
        description "metal-lab/home"
        from LOCAL {
            firewall {
                name "LOCAL.home"
            }
        }
        from dev {
            firewall {
                name "dev.home"
            }
        }
        from games {
            firewall {
                name "games.home"
            }
        }
        from harvester {
            firewall {
                name "harvester.home"
            }
        }
        from management {
            firewall {
                name "management.home"
            }
        }
        from media {
            firewall {
                name "media.home"
            }
        }
        from platform {
            firewall {
                name "platform.home"
            }
        }
        from provisioning {
            firewall {
                name "provisioning.home"
            }
        }
        interface "eth0"
    }
    zone management {
        default-action "drop"
        default-log
        description "metal-lab/management"
        interface "eth1.110"
    }
    zone media {
        default-action "drop"
        default-log
        description "metal-lab/media"
        from LOCAL {
            firewall {
                name "LOCAL.media"
            }
        }
        from harvester {
            firewall {
                name "harvester.media"
            }
        }
        from management {
            firewall {
                name "management.media"
            }
        }
        from platform {
            firewall {
                name "platform.media"
            }
        }
        interface "eth1.140"
    }
    zone platform {
        default-action "drop"
        default-log
        description "metal-lab/platform"
        from LOCAL {
            firewall {
                name "LOCAL.platform"
            }
        }
        from dev {
            firewall {
                name "dev.platform"
            }
        }
        from games {
            firewall {
                name "games.platform"
            }
        }
        from management {
            firewall {
                name "management.platform"
            }
        }
        from media {
            firewall {
                name "media.platform"
            }
        }
        interface "eth1.130"
    }
    zone provisioning {
        default-action "drop"
        default-log
        description "metal-lab/provisioning"
        from harvester {
            firewall {
                name "harvester.provisioning"
            }
        }
        from management {
            firewall {
                name "management.provisioning"
            }
        }
        interface "eth1.111"
    }
}
interfaces {
    ethernet eth0 {
        address "192.168.178.2/24"
        description "home"
    }
    ethernet eth1 {
        description "segments, tagged"
        vif 110 {
            address "10.110.0.1/24"
            description "management"
        }
        vif 111 {
            address "10.111.0.1/24"
            description "provisioning"
        }
        vif 120 {
            address "10.120.0.1/24"
            description "harvester"
        }
        vif 130 {
            address "10.130.0.1/24"
            description "platform"
        }
        vif 140 {
            address "10.140.0.1/24"
            description "media"
        }
        vif 141 {
            address "10.141.0.1/24"
            description "games"
        }
        vif 142 {
            address "10.142.0.1/24"
            description "dev"
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
            description "management to home"
            outbound-interface {
                name "eth0"
            }
            source {
                address "10.110.0.0/24"
            }
            translation {
                address "masquerade"
            }
        }
        rule 20 {
            description "provisioning to home"
            outbound-interface {
                name "eth0"
            }
            source {
                address "10.111.0.0/24"
            }
            translation {
                address "masquerade"
            }
        }
        rule 30 {
            description "harvester to home"
            outbound-interface {
                name "eth0"
            }
            source {
                address "10.120.0.0/24"
            }
            translation {
                address "masquerade"
            }
        }
        rule 40 {
            description "platform to home"
            outbound-interface {
                name "eth0"
            }
            source {
                address "10.130.0.0/24"
            }
            translation {
                address "masquerade"
            }
        }
        rule 50 {
            description "platform to home"
            outbound-interface {
                name "eth0"
            }
            source {
                address "10.130.1.0/24"
            }
            translation {
                address "masquerade"
            }
        }
        rule 60 {
            description "media to home"
            outbound-interface {
                name "eth0"
            }
            source {
                address "10.140.0.0/24"
            }
            translation {
                address "masquerade"
            }
        }
        rule 70 {
            description "media to home"
            outbound-interface {
                name "eth0"
            }
            source {
                address "10.140.1.0/24"
            }
            translation {
                address "masquerade"
            }
        }
        rule 80 {
            description "games to home"
            outbound-interface {
                name "eth0"
            }
            source {
                address "10.141.0.0/24"
            }
            translation {
                address "masquerade"
            }
        }
        rule 90 {
            description "games to home"
            outbound-interface {
                name "eth0"
            }
            source {
                address "10.141.1.0/24"
            }
            translation {
                address "masquerade"
            }
        }
        rule 100 {
            description "dev to home"
            outbound-interface {
                name "eth0"
            }
            source {
                address "10.142.0.0/24"
            }
            translation {
                address "masquerade"
            }
        }
        rule 110 {
            description "dev to home"
            outbound-interface {
                name "eth0"
            }
            source {
                address "10.142.1.0/24"
            }
            translation {
                address "masquerade"
            }
        }
    }
}
policy {
    prefix-list from-dev {
        rule 10 {
            action "permit"
            le "32"
            prefix "10.142.1.0/24"
        }
    }
    prefix-list from-games {
        rule 10 {
            action "permit"
            le "32"
            prefix "10.141.1.0/24"
        }
    }
    prefix-list from-media {
        rule 10 {
            action "permit"
            le "32"
            prefix "10.140.1.0/24"
        }
    }
    prefix-list from-platform {
        rule 10 {
            action "permit"
            le "32"
            prefix "10.130.1.0/24"
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
        peer 10.130.0.11 {
            interval {
                multiplier "3"
                receive "300"
                transmit "300"
            }
        }
        peer 10.130.0.12 {
            interval {
                multiplier "3"
                receive "300"
                transmit "300"
            }
        }
        peer 10.130.0.13 {
            interval {
                multiplier "3"
                receive "300"
                transmit "300"
            }
        }
    }
    bgp {
        neighbor 10.130.0.11 {
            address-family {
                ipv4-unicast {
                    maximum-prefix "1000"
                    prefix-list {
                        import "from-platform"
                    }
                    route-map {
                        export "nothing"
                    }
                }
            }
            bfd {
            }
            description "platform-1.lab.example.net"
            remote-as "64520"
        }
        neighbor 10.130.0.12 {
            address-family {
                ipv4-unicast {
                    maximum-prefix "1000"
                    prefix-list {
                        import "from-platform"
                    }
                    route-map {
                        export "nothing"
                    }
                }
            }
            bfd {
            }
            description "platform-2.lab.example.net"
            remote-as "64520"
        }
        neighbor 10.130.0.13 {
            address-family {
                ipv4-unicast {
                    maximum-prefix "1000"
                    prefix-list {
                        import "from-platform"
                    }
                    route-map {
                        export "nothing"
                    }
                }
            }
            bfd {
            }
            description "platform-3.lab.example.net"
            remote-as "64520"
        }
        neighbor 10.140.0.11 {
            address-family {
                ipv4-unicast {
                    maximum-prefix "1000"
                    prefix-list {
                        import "from-media"
                    }
                    route-map {
                        export "nothing"
                    }
                }
            }
            description "media-11.lab.example.net"
            remote-as "64530"
        }
        neighbor 10.140.0.12 {
            address-family {
                ipv4-unicast {
                    maximum-prefix "1000"
                    prefix-list {
                        import "from-media"
                    }
                    route-map {
                        export "nothing"
                    }
                }
            }
            description "media-12.lab.example.net"
            remote-as "64530"
        }
        neighbor 10.140.0.13 {
            address-family {
                ipv4-unicast {
                    maximum-prefix "1000"
                    prefix-list {
                        import "from-media"
                    }
                    route-map {
                        export "nothing"
                    }
                }
            }
            description "media-13.lab.example.net"
            remote-as "64530"
        }
        neighbor 10.140.0.14 {
            address-family {
                ipv4-unicast {
                    maximum-prefix "1000"
                    prefix-list {
                        import "from-media"
                    }
                    route-map {
                        export "nothing"
                    }
                }
            }
            description "media-14.lab.example.net"
            remote-as "64530"
        }
        neighbor 10.140.0.15 {
            address-family {
                ipv4-unicast {
                    maximum-prefix "1000"
                    prefix-list {
                        import "from-media"
                    }
                    route-map {
                        export "nothing"
                    }
                }
            }
            description "media-15.lab.example.net"
            remote-as "64530"
        }
        neighbor 10.140.0.16 {
            address-family {
                ipv4-unicast {
                    maximum-prefix "1000"
                    prefix-list {
                        import "from-media"
                    }
                    route-map {
                        export "nothing"
                    }
                }
            }
            description "media-16.lab.example.net"
            remote-as "64530"
        }
        neighbor 10.140.0.17 {
            address-family {
                ipv4-unicast {
                    maximum-prefix "1000"
                    prefix-list {
                        import "from-media"
                    }
                    route-map {
                        export "nothing"
                    }
                }
            }
            description "media-17.lab.example.net"
            remote-as "64530"
        }
        neighbor 10.140.0.18 {
            address-family {
                ipv4-unicast {
                    maximum-prefix "1000"
                    prefix-list {
                        import "from-media"
                    }
                    route-map {
                        export "nothing"
                    }
                }
            }
            description "media-18.lab.example.net"
            remote-as "64530"
        }
        neighbor 10.140.0.19 {
            address-family {
                ipv4-unicast {
                    maximum-prefix "1000"
                    prefix-list {
                        import "from-media"
                    }
                    route-map {
                        export "nothing"
                    }
                }
            }
            description "media-19.lab.example.net"
            remote-as "64530"
        }
        neighbor 10.141.0.11 {
            address-family {
                ipv4-unicast {
                    maximum-prefix "1000"
                    prefix-list {
                        import "from-games"
                    }
                    route-map {
                        export "nothing"
                    }
                }
            }
            description "games-11.lab.example.net"
            remote-as "64531"
        }
        neighbor 10.141.0.12 {
            address-family {
                ipv4-unicast {
                    maximum-prefix "1000"
                    prefix-list {
                        import "from-games"
                    }
                    route-map {
                        export "nothing"
                    }
                }
            }
            description "games-12.lab.example.net"
            remote-as "64531"
        }
        neighbor 10.141.0.13 {
            address-family {
                ipv4-unicast {
                    maximum-prefix "1000"
                    prefix-list {
                        import "from-games"
                    }
                    route-map {
                        export "nothing"
                    }
                }
            }
            description "games-13.lab.example.net"
            remote-as "64531"
        }
        neighbor 10.141.0.14 {
            address-family {
                ipv4-unicast {
                    maximum-prefix "1000"
                    prefix-list {
                        import "from-games"
                    }
                    route-map {
                        export "nothing"
                    }
                }
            }
            description "games-14.lab.example.net"
            remote-as "64531"
        }
        neighbor 10.141.0.15 {
            address-family {
                ipv4-unicast {
                    maximum-prefix "1000"
                    prefix-list {
                        import "from-games"
                    }
                    route-map {
                        export "nothing"
                    }
                }
            }
            description "games-15.lab.example.net"
            remote-as "64531"
        }
        neighbor 10.141.0.16 {
            address-family {
                ipv4-unicast {
                    maximum-prefix "1000"
                    prefix-list {
                        import "from-games"
                    }
                    route-map {
                        export "nothing"
                    }
                }
            }
            description "games-16.lab.example.net"
            remote-as "64531"
        }
        neighbor 10.141.0.17 {
            address-family {
                ipv4-unicast {
                    maximum-prefix "1000"
                    prefix-list {
                        import "from-games"
                    }
                    route-map {
                        export "nothing"
                    }
                }
            }
            description "games-17.lab.example.net"
            remote-as "64531"
        }
        neighbor 10.141.0.18 {
            address-family {
                ipv4-unicast {
                    maximum-prefix "1000"
                    prefix-list {
                        import "from-games"
                    }
                    route-map {
                        export "nothing"
                    }
                }
            }
            description "games-18.lab.example.net"
            remote-as "64531"
        }
        neighbor 10.141.0.19 {
            address-family {
                ipv4-unicast {
                    maximum-prefix "1000"
                    prefix-list {
                        import "from-games"
                    }
                    route-map {
                        export "nothing"
                    }
                }
            }
            description "games-19.lab.example.net"
            remote-as "64531"
        }
        neighbor 10.142.0.11 {
            address-family {
                ipv4-unicast {
                    maximum-prefix "1000"
                    prefix-list {
                        import "from-dev"
                    }
                    route-map {
                        export "nothing"
                    }
                }
            }
            description "dev-11.lab.example.net"
            remote-as "64532"
        }
        neighbor 10.142.0.12 {
            address-family {
                ipv4-unicast {
                    maximum-prefix "1000"
                    prefix-list {
                        import "from-dev"
                    }
                    route-map {
                        export "nothing"
                    }
                }
            }
            description "dev-12.lab.example.net"
            remote-as "64532"
        }
        neighbor 10.142.0.13 {
            address-family {
                ipv4-unicast {
                    maximum-prefix "1000"
                    prefix-list {
                        import "from-dev"
                    }
                    route-map {
                        export "nothing"
                    }
                }
            }
            description "dev-13.lab.example.net"
            remote-as "64532"
        }
        neighbor 10.142.0.14 {
            address-family {
                ipv4-unicast {
                    maximum-prefix "1000"
                    prefix-list {
                        import "from-dev"
                    }
                    route-map {
                        export "nothing"
                    }
                }
            }
            description "dev-14.lab.example.net"
            remote-as "64532"
        }
        neighbor 10.142.0.15 {
            address-family {
                ipv4-unicast {
                    maximum-prefix "1000"
                    prefix-list {
                        import "from-dev"
                    }
                    route-map {
                        export "nothing"
                    }
                }
            }
            description "dev-15.lab.example.net"
            remote-as "64532"
        }
        neighbor 10.142.0.16 {
            address-family {
                ipv4-unicast {
                    maximum-prefix "1000"
                    prefix-list {
                        import "from-dev"
                    }
                    route-map {
                        export "nothing"
                    }
                }
            }
            description "dev-16.lab.example.net"
            remote-as "64532"
        }
        neighbor 10.142.0.17 {
            address-family {
                ipv4-unicast {
                    maximum-prefix "1000"
                    prefix-list {
                        import "from-dev"
                    }
                    route-map {
                        export "nothing"
                    }
                }
            }
            description "dev-17.lab.example.net"
            remote-as "64532"
        }
        neighbor 10.142.0.18 {
            address-family {
                ipv4-unicast {
                    maximum-prefix "1000"
                    prefix-list {
                        import "from-dev"
                    }
                    route-map {
                        export "nothing"
                    }
                }
            }
            description "dev-18.lab.example.net"
            remote-as "64532"
        }
        neighbor 10.142.0.19 {
            address-family {
                ipv4-unicast {
                    maximum-prefix "1000"
                    prefix-list {
                        import "from-dev"
                    }
                    route-map {
                        export "nothing"
                    }
                }
            }
            description "dev-19.lab.example.net"
            remote-as "64532"
        }
        parameters {
            log-neighbor-changes
            router-id "10.110.0.1"
        }
        system-as "64512"
    }
    static {
        route 0.0.0.0/0 {
            next-hop 192.168.178.1 {
            }
        }
    }
}
service {
    dhcp-server {
        shared-network-name dev {
            authoritative
            description "dev"
            subnet 10.142.0.0/24 {
                lease "86400"
                option {
                    default-router "10.142.0.1"
                    domain-name "lab.example.net"
                    name-server "10.142.0.1"
                }
                range dhcp {
                    start "10.142.0.100"
                    stop "10.142.0.199"
                }
                subnet-id "142"
            }
        }
        shared-network-name games {
            authoritative
            description "games"
            subnet 10.141.0.0/24 {
                lease "86400"
                option {
                    default-router "10.141.0.1"
                    domain-name "lab.example.net"
                    name-server "10.141.0.1"
                }
                range dhcp {
                    start "10.141.0.100"
                    stop "10.141.0.199"
                }
                subnet-id "141"
            }
        }
        shared-network-name media {
            authoritative
            description "media"
            subnet 10.140.0.0/24 {
                lease "86400"
                option {
                    default-router "10.140.0.1"
                    domain-name "lab.example.net"
                    name-server "10.140.0.1"
                }
                range dhcp {
                    start "10.140.0.100"
                    stop "10.140.0.199"
                }
                subnet-id "140"
            }
        }
    }
    dns {
        forwarding {
            allow-from "10.110.0.0/24"
            allow-from "10.111.0.0/24"
            allow-from "10.120.0.0/24"
            allow-from "10.130.0.0/24"
            allow-from "10.142.0.0/24"
            allow-from "10.141.0.0/24"
            allow-from "10.140.0.0/24"
            authoritative-domain lab.example.net {
                records {
                    a brain {
                        address "10.130.0.10"
                    }
                    a desk {
                        address "10.110.0.9"
                    }
                    a dev-11 {
                        address "10.142.0.11"
                    }
                    a dev-12 {
                        address "10.142.0.12"
                    }
                    a dev-13 {
                        address "10.142.0.13"
                    }
                    a dev-14 {
                        address "10.142.0.14"
                    }
                    a dev-15 {
                        address "10.142.0.15"
                    }
                    a dev-16 {
                        address "10.142.0.16"
                    }
                    a dev-17 {
                        address "10.142.0.17"
                    }
                    a dev-18 {
                        address "10.142.0.18"
                    }
                    a dev-19 {
                        address "10.142.0.19"
                    }
                    a dev-api {
                        address "10.120.0.42"
                    }
                    a games-11 {
                        address "10.141.0.11"
                    }
                    a games-12 {
                        address "10.141.0.12"
                    }
                    a games-13 {
                        address "10.141.0.13"
                    }
                    a games-14 {
                        address "10.141.0.14"
                    }
                    a games-15 {
                        address "10.141.0.15"
                    }
                    a games-16 {
                        address "10.141.0.16"
                    }
                    a games-17 {
                        address "10.141.0.17"
                    }
                    a games-18 {
                        address "10.141.0.18"
                    }
                    a games-19 {
                        address "10.141.0.19"
                    }
                    a games-api {
                        address "10.120.0.41"
                    }
                    a hci {
                        address "10.120.0.10"
                    }
                    a lab-gateway {
                        address "192.168.178.2"
                    }
                    a media-11 {
                        address "10.140.0.11"
                    }
                    a media-12 {
                        address "10.140.0.12"
                    }
                    a media-13 {
                        address "10.140.0.13"
                    }
                    a media-14 {
                        address "10.140.0.14"
                    }
                    a media-15 {
                        address "10.140.0.15"
                    }
                    a media-16 {
                        address "10.140.0.16"
                    }
                    a media-17 {
                        address "10.140.0.17"
                    }
                    a media-18 {
                        address "10.140.0.18"
                    }
                    a media-19 {
                        address "10.140.0.19"
                    }
                    a media-api {
                        address "10.120.0.40"
                    }
                    a ms-01 {
                        address "10.120.0.11"
                    }
                    a ms-01-boot {
                        address "10.111.0.11"
                    }
                    a ms-02 {
                        address "10.120.0.12"
                    }
                    a ms-02-boot {
                        address "10.111.0.12"
                    }
                    a ms-03 {
                        address "10.120.0.13"
                    }
                    a ms-03-boot {
                        address "10.111.0.13"
                    }
                    a nas {
                        address "10.120.0.5"
                    }
                    a platform-1 {
                        address "10.130.0.11"
                    }
                    a platform-2 {
                        address "10.130.0.12"
                    }
                    a platform-3 {
                        address "10.130.0.13"
                    }
                    a router-boot {
                        address "10.111.0.10"
                    }
                    a seed {
                        address "10.111.0.2"
                    }
                }
            }
            dnssec "process"
            listen-address "10.110.0.1"
            listen-address "10.111.0.1"
            listen-address "10.120.0.1"
            listen-address "10.130.0.1"
            listen-address "10.142.0.1"
            listen-address "10.141.0.1"
            listen-address "10.140.0.1"
            name-server 149.112.112.112 {
            }
            name-server 9.9.9.9 {
            }
        }
    }
    ntp {
        allow-client {
            address "10.110.0.0/24"
            address "10.111.0.0/24"
            address "10.120.0.0/24"
            address "10.130.0.0/24"
            address "10.142.0.0/24"
            address "10.141.0.0/24"
            address "10.140.0.0/24"
        }
        listen-address "10.110.0.1"
        listen-address "10.111.0.1"
        listen-address "10.120.0.1"
        listen-address "10.130.0.1"
        listen-address "10.142.0.1"
        listen-address "10.141.0.1"
        listen-address "10.140.0.1"
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
        listen-address "10.110.0.1"
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
    domain-name "lab.example.net"
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
