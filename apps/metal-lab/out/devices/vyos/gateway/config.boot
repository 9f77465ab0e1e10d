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
            network "192.168.1.0/24"
            network "10.10.0.0/24"
            network "10.11.0.0/24"
            network "10.20.0.0/24"
            network "10.21.0.0/24"
            network "10.30.0.0/24"
            network "10.40.0.0/24"
            network "10.41.0.0/24"
            network "10.42.0.0/24"
            network "10.130.0.0/24"
            network "10.140.0.0/24"
            network "10.141.0.0/24"
            network "10.142.0.0/24"
        }
    }
    ipv4 {
        name LOCAL.dev {
            default-action "drop"
            default-log
            rule 10 {
                action "accept"
                description "metal-lab/gateway to metal-lab/dev/dev-1"
                destination {
                    address "10.42.0.11"
                    port "179"
                }
                protocol "tcp"
            }
            rule 20 {
                action "accept"
                description "metal-lab/gateway to metal-lab/dev/dev-2"
                destination {
                    address "10.42.0.12"
                    port "179"
                }
                protocol "tcp"
            }
            rule 30 {
                action "accept"
                description "metal-lab/gateway to metal-lab/dev/dev-3"
                destination {
                    address "10.42.0.13"
                    port "179"
                }
                protocol "tcp"
            }
            rule 40 {
                action "accept"
                description "metal-lab/gateway to metal-lab/dev/dev-1"
                destination {
                    address "10.42.0.11"
                    port "3784"
                }
                protocol "udp"
            }
            rule 50 {
                action "accept"
                description "metal-lab/gateway to metal-lab/dev/dev-2"
                destination {
                    address "10.42.0.12"
                    port "3784"
                }
                protocol "udp"
            }
            rule 60 {
                action "accept"
                description "metal-lab/gateway to metal-lab/dev/dev-3"
                destination {
                    address "10.42.0.13"
                    port "3784"
                }
                protocol "udp"
            }
        }
        name LOCAL.games {
            default-action "drop"
            default-log
            rule 10 {
                action "accept"
                description "metal-lab/gateway to metal-lab/games/games-1"
                destination {
                    address "10.41.0.11"
                    port "179"
                }
                protocol "tcp"
            }
            rule 20 {
                action "accept"
                description "metal-lab/gateway to metal-lab/games/games-2"
                destination {
                    address "10.41.0.12"
                    port "179"
                }
                protocol "tcp"
            }
            rule 30 {
                action "accept"
                description "metal-lab/gateway to metal-lab/games/games-3"
                destination {
                    address "10.41.0.13"
                    port "179"
                }
                protocol "tcp"
            }
            rule 40 {
                action "accept"
                description "metal-lab/gateway to metal-lab/games/games-1"
                destination {
                    address "10.41.0.11"
                    port "3784"
                }
                protocol "udp"
            }
            rule 50 {
                action "accept"
                description "metal-lab/gateway to metal-lab/games/games-2"
                destination {
                    address "10.41.0.12"
                    port "3784"
                }
                protocol "udp"
            }
            rule 60 {
                action "accept"
                description "metal-lab/gateway to metal-lab/games/games-3"
                destination {
                    address "10.41.0.13"
                    port "3784"
                }
                protocol "udp"
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
            rule 10 {
                action "accept"
                description "metal-lab/gateway to metal-lab/media/media-1"
                destination {
                    address "10.40.0.11"
                    port "179"
                }
                protocol "tcp"
            }
            rule 20 {
                action "accept"
                description "metal-lab/gateway to metal-lab/media/media-2"
                destination {
                    address "10.40.0.12"
                    port "179"
                }
                protocol "tcp"
            }
            rule 30 {
                action "accept"
                description "metal-lab/gateway to metal-lab/media/media-3"
                destination {
                    address "10.40.0.13"
                    port "179"
                }
                protocol "tcp"
            }
            rule 40 {
                action "accept"
                description "metal-lab/gateway to metal-lab/media/media-1"
                destination {
                    address "10.40.0.11"
                    port "3784"
                }
                protocol "udp"
            }
            rule 50 {
                action "accept"
                description "metal-lab/gateway to metal-lab/media/media-2"
                destination {
                    address "10.40.0.12"
                    port "3784"
                }
                protocol "udp"
            }
            rule 60 {
                action "accept"
                description "metal-lab/gateway to metal-lab/media/media-3"
                destination {
                    address "10.40.0.13"
                    port "3784"
                }
                protocol "udp"
            }
        }
        name LOCAL.platform {
            default-action "drop"
            default-log
            rule 10 {
                action "accept"
                description "metal-lab/gateway to metal-lab/platform/platform-1"
                destination {
                    address "10.30.0.11"
                    port "179"
                }
                protocol "tcp"
            }
            rule 20 {
                action "accept"
                description "metal-lab/gateway to metal-lab/platform/platform-2"
                destination {
                    address "10.30.0.12"
                    port "179"
                }
                protocol "tcp"
            }
            rule 30 {
                action "accept"
                description "metal-lab/gateway to metal-lab/platform/platform-3"
                destination {
                    address "10.30.0.13"
                    port "179"
                }
                protocol "tcp"
            }
            rule 40 {
                action "accept"
                description "metal-lab/gateway to metal-lab/platform/platform-1"
                destination {
                    address "10.30.0.11"
                    port "3784"
                }
                protocol "udp"
            }
            rule 50 {
                action "accept"
                description "metal-lab/gateway to metal-lab/platform/platform-2"
                destination {
                    address "10.30.0.12"
                    port "3784"
                }
                protocol "udp"
            }
            rule 60 {
                action "accept"
                description "metal-lab/gateway to metal-lab/platform/platform-3"
                destination {
                    address "10.30.0.13"
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
                    address "10.42.0.0/24"
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
                    address "10.42.0.0/24"
                }
            }
            rule 30 {
                action "accept"
                description "metal-lab/dev/dev-1 to metal-lab/gateway"
                destination {
                    port "179"
                }
                protocol "tcp"
                source {
                    address "10.42.0.11"
                }
            }
            rule 40 {
                action "accept"
                description "metal-lab/dev/dev-2 to metal-lab/gateway"
                destination {
                    port "179"
                }
                protocol "tcp"
                source {
                    address "10.42.0.12"
                }
            }
            rule 50 {
                action "accept"
                description "metal-lab/dev/dev-3 to metal-lab/gateway"
                destination {
                    port "179"
                }
                protocol "tcp"
                source {
                    address "10.42.0.13"
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
                    address "10.42.0.0/24"
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
                    address "10.42.0.0/24"
                }
            }
            rule 80 {
                action "accept"
                description "metal-lab/dev/dev-1 to metal-lab/gateway"
                destination {
                    port "3784"
                }
                protocol "udp"
                source {
                    address "10.42.0.11"
                }
            }
            rule 90 {
                action "accept"
                description "metal-lab/dev/dev-2 to metal-lab/gateway"
                destination {
                    port "3784"
                }
                protocol "udp"
                source {
                    address "10.42.0.12"
                }
            }
            rule 100 {
                action "accept"
                description "metal-lab/dev/dev-3 to metal-lab/gateway"
                destination {
                    port "3784"
                }
                protocol "udp"
                source {
                    address "10.42.0.13"
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
                    address "10.42.0.0/24"
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
                    address "10.42.0.0/24"
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
                    address "10.130.0.0/24"
                    port "443"
                }
                protocol "tcp"
                source {
                    address "10.42.0.0/24"
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
                    address "10.41.0.0/24"
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
                    address "10.41.0.0/24"
                }
            }
            rule 30 {
                action "accept"
                description "metal-lab/games/games-1 to metal-lab/gateway"
                destination {
                    port "179"
                }
                protocol "tcp"
                source {
                    address "10.41.0.11"
                }
            }
            rule 40 {
                action "accept"
                description "metal-lab/games/games-2 to metal-lab/gateway"
                destination {
                    port "179"
                }
                protocol "tcp"
                source {
                    address "10.41.0.12"
                }
            }
            rule 50 {
                action "accept"
                description "metal-lab/games/games-3 to metal-lab/gateway"
                destination {
                    port "179"
                }
                protocol "tcp"
                source {
                    address "10.41.0.13"
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
                    address "10.41.0.0/24"
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
                    address "10.41.0.0/24"
                }
            }
            rule 80 {
                action "accept"
                description "metal-lab/games/games-1 to metal-lab/gateway"
                destination {
                    port "3784"
                }
                protocol "udp"
                source {
                    address "10.41.0.11"
                }
            }
            rule 90 {
                action "accept"
                description "metal-lab/games/games-2 to metal-lab/gateway"
                destination {
                    port "3784"
                }
                protocol "udp"
                source {
                    address "10.41.0.12"
                }
            }
            rule 100 {
                action "accept"
                description "metal-lab/games/games-3 to metal-lab/gateway"
                destination {
                    port "3784"
                }
                protocol "udp"
                source {
                    address "10.41.0.13"
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
                    address "10.41.0.0/24"
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
                    address "10.41.0.0/24"
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
                    address "10.130.0.0/24"
                    port "443"
                }
                protocol "tcp"
                source {
                    address "10.41.0.0/24"
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
                    address "10.20.0.0/24"
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
                    address "10.20.0.0/24"
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
                    address "10.20.0.0/24"
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
                    address "10.20.0.0/24"
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
                    address "10.20.0.0/24"
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
                    address "10.11.0.2"
                    port "7173"
                }
                protocol "tcp"
                source {
                    address "10.20.0.11"
                }
            }
            rule 20 {
                action "accept"
                description "metal-lab/harvester/ms-02 to metal-lab/provisioning/seed"
                destination {
                    address "10.11.0.2"
                    port "7173"
                }
                protocol "tcp"
                source {
                    address "10.20.0.12"
                }
            }
            rule 30 {
                action "accept"
                description "metal-lab/harvester/ms-03 to metal-lab/provisioning/seed"
                destination {
                    address "10.11.0.2"
                    port "7173"
                }
                protocol "tcp"
                source {
                    address "10.20.0.13"
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
                    address "10.10.0.0/24"
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
                    address "10.10.0.0/24"
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
                    address "10.10.0.0/24"
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
                    address "10.10.0.0/24"
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
                    address "10.10.0.0/24"
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
                    address "10.142.0.0/24"
                    port "443"
                }
                protocol "tcp"
                source {
                    address "10.10.0.9"
                }
            }
            rule 20 {
                action "accept"
                description "metal-lab/management/desk to metal-lab/dev"
                destination {
                    address "10.42.0.0/24"
                    port "50000"
                }
                protocol "tcp"
                source {
                    address "10.10.0.9"
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
                    address "10.141.0.0/24"
                    port "443"
                }
                protocol "tcp"
                source {
                    address "10.10.0.9"
                }
            }
            rule 20 {
                action "accept"
                description "metal-lab/management/desk to metal-lab/games"
                destination {
                    address "10.41.0.0/24"
                    port "50000"
                }
                protocol "tcp"
                source {
                    address "10.10.0.9"
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
                    address "10.20.0.11"
                    port "22"
                }
                protocol "tcp"
                source {
                    address "10.10.0.9"
                }
            }
            rule 20 {
                action "accept"
                description "metal-lab/management/desk to metal-lab/harvester/ms-02"
                destination {
                    address "10.20.0.12"
                    port "22"
                }
                protocol "tcp"
                source {
                    address "10.10.0.9"
                }
            }
            rule 30 {
                action "accept"
                description "metal-lab/management/desk to metal-lab/harvester/ms-03"
                destination {
                    address "10.20.0.13"
                    port "22"
                }
                protocol "tcp"
                source {
                    address "10.10.0.9"
                }
            }
            rule 50 {
                action "accept"
                description "metal-lab/management/desk to metal-lab/hci"
                destination {
                    address "10.20.0.10"
                    port "443"
                }
                protocol "tcp"
                source {
                    address "10.10.0.9"
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
                    address "10.10.0.0/24"
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
                    address "10.140.0.0/24"
                    port "443"
                }
                protocol "tcp"
                source {
                    address "10.10.0.9"
                }
            }
            rule 20 {
                action "accept"
                description "metal-lab/management/desk to metal-lab/media"
                destination {
                    address "10.40.0.0/24"
                    port "50000"
                }
                protocol "tcp"
                source {
                    address "10.10.0.9"
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
                    address "10.130.0.0/24"
                    port "443"
                }
                protocol "tcp"
                source {
                    address "10.10.0.9"
                }
            }
            rule 50 {
                action "accept"
                description "metal-lab/management/desk to metal-lab/platform"
                destination {
                    address "10.30.0.0/24"
                    port "50000"
                }
                protocol "tcp"
                source {
                    address "10.10.0.9"
                }
            }
            rule 60 {
                action "accept"
                description "metal-lab/management/desk to metal-lab/platform"
                destination {
                    address "10.30.0.0/24"
                    port "6443"
                }
                protocol "tcp"
                source {
                    address "10.10.0.9"
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
                    address "10.11.0.2"
                    port "6443"
                }
                protocol "tcp"
                source {
                    address "10.10.0.9"
                }
            }
            rule 20 {
                action "accept"
                description "metal-lab/management/desk to metal-lab/provisioning/seed"
                destination {
                    address "10.11.0.2"
                    port "50000"
                }
                protocol "tcp"
                source {
                    address "10.10.0.9"
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
                    address "10.40.0.0/24"
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
                    address "10.40.0.0/24"
                }
            }
            rule 30 {
                action "accept"
                description "metal-lab/media/media-1 to metal-lab/gateway"
                destination {
                    port "179"
                }
                protocol "tcp"
                source {
                    address "10.40.0.11"
                }
            }
            rule 40 {
                action "accept"
                description "metal-lab/media/media-2 to metal-lab/gateway"
                destination {
                    port "179"
                }
                protocol "tcp"
                source {
                    address "10.40.0.12"
                }
            }
            rule 50 {
                action "accept"
                description "metal-lab/media/media-3 to metal-lab/gateway"
                destination {
                    port "179"
                }
                protocol "tcp"
                source {
                    address "10.40.0.13"
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
                    address "10.40.0.0/24"
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
                    address "10.40.0.0/24"
                }
            }
            rule 80 {
                action "accept"
                description "metal-lab/media/media-1 to metal-lab/gateway"
                destination {
                    port "3784"
                }
                protocol "udp"
                source {
                    address "10.40.0.11"
                }
            }
            rule 90 {
                action "accept"
                description "metal-lab/media/media-2 to metal-lab/gateway"
                destination {
                    port "3784"
                }
                protocol "udp"
                source {
                    address "10.40.0.12"
                }
            }
            rule 100 {
                action "accept"
                description "metal-lab/media/media-3 to metal-lab/gateway"
                destination {
                    port "3784"
                }
                protocol "udp"
                source {
                    address "10.40.0.13"
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
                    address "10.40.0.0/24"
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
                    address "10.40.0.0/24"
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
                    address "10.130.0.0/24"
                    port "443"
                }
                protocol "tcp"
                source {
                    address "10.40.0.0/24"
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
                    address "10.30.0.0/24"
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
                    address "10.30.0.0/24"
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
                    address "10.30.0.11"
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
                    address "10.30.0.12"
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
                    address "10.30.0.13"
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
                    address "10.30.0.0/24"
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
                    address "10.30.0.0/24"
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
                    address "10.30.0.11"
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
                    address "10.30.0.12"
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
                    address "10.30.0.13"
                }
            }
        }
        name platform.dev {
            default-action "drop"
            default-log
            rule 10 {
                action "accept"
                description "metal-lab/platform to metal-lab/dev"
                destination {
                    address "10.42.0.0/24"
                    port "6443"
                }
                protocol "tcp"
                source {
                    address "10.30.0.0/24"
                }
            }
            rule 20 {
                action "accept"
                description "metal-lab/platform to metal-lab/dev"
                destination {
                    address "10.42.0.0/24"
                    port "50000"
                }
                protocol "tcp"
                source {
                    address "10.30.0.0/24"
                }
            }
        }
        name platform.games {
            default-action "drop"
            default-log
            rule 10 {
                action "accept"
                description "metal-lab/platform to metal-lab/games"
                destination {
                    address "10.41.0.0/24"
                    port "6443"
                }
                protocol "tcp"
                source {
                    address "10.30.0.0/24"
                }
            }
            rule 20 {
                action "accept"
                description "metal-lab/platform to metal-lab/games"
                destination {
                    address "10.41.0.0/24"
                    port "50000"
                }
                protocol "tcp"
                source {
                    address "10.30.0.0/24"
                }
            }
        }
        name platform.harvester {
            default-action "drop"
            default-log
            rule 20 {
                action "accept"
                description "metal-lab/platform to metal-lab/hci"
                destination {
                    address "10.20.0.10"
                    port "443"
                }
                protocol "tcp"
                source {
                    address "10.30.0.0/24"
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
                    address "10.30.0.0/24"
                }
            }
        }
        name platform.media {
            default-action "drop"
            default-log
            rule 10 {
                action "accept"
                description "metal-lab/platform to metal-lab/media"
                destination {
                    address "10.40.0.0/24"
                    port "6443"
                }
                protocol "tcp"
                source {
                    address "10.30.0.0/24"
                }
            }
            rule 20 {
                action "accept"
                description "metal-lab/platform to metal-lab/media"
                destination {
                    address "10.40.0.0/24"
                    port "50000"
                }
                protocol "tcp"
                source {
                    address "10.30.0.0/24"
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
                    address "10.11.0.0/24"
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
                    address "10.11.0.0/24"
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
                    address "10.11.0.0/24"
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
                    address "10.11.0.0/24"
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
                    address "10.11.0.0/24"
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
        interface "eth1.42"
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
        interface "eth1.41"
    }
    zone harvester {
        default-action "drop"
        default-log
        description "metal-lab/harvester"
        from management {
            firewall {
                name "management.harvester"
            }
        }
        from platform {
            firewall {
                name "platform.harvester"
            }
        }
        interface "eth1.20"
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
        interface "eth1.10"
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
        interface "eth1.40"
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
        interface "eth1.30"
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
        interface "eth1.11"
    }
}
interfaces {
    ethernet eth0 {
        address "192.168.1.2/24"
        description "home"
    }
    ethernet eth1 {
        description "segments, tagged"
        vif 10 {
            address "10.10.0.1/24"
            description "management"
        }
        vif 11 {
            address "10.11.0.1/24"
            description "provisioning"
        }
        vif 20 {
            address "10.20.0.1/24"
            description "harvester"
        }
        vif 30 {
            address "10.30.0.1/24"
            description "platform"
        }
        vif 40 {
            address "10.40.0.1/24"
            description "media"
        }
        vif 41 {
            address "10.41.0.1/24"
            description "games"
        }
        vif 42 {
            address "10.42.0.1/24"
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
                address "10.10.0.0/24"
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
                address "10.11.0.0/24"
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
                address "10.20.0.0/24"
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
                address "10.30.0.0/24"
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
                address "10.130.0.0/24"
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
                address "10.40.0.0/24"
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
                address "10.140.0.0/24"
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
                address "10.41.0.0/24"
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
                address "10.141.0.0/24"
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
                address "10.42.0.0/24"
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
                address "10.142.0.0/24"
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
            prefix "10.142.0.0/24"
        }
    }
    prefix-list from-games {
        rule 10 {
            action "permit"
            le "32"
            prefix "10.141.0.0/24"
        }
    }
    prefix-list from-media {
        rule 10 {
            action "permit"
            le "32"
            prefix "10.140.0.0/24"
        }
    }
    prefix-list from-platform {
        rule 10 {
            action "permit"
            le "32"
            prefix "10.130.0.0/24"
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
        peer 10.30.0.11 {
            interval {
                multiplier "3"
                receive "300"
                transmit "300"
            }
        }
        peer 10.30.0.12 {
            interval {
                multiplier "3"
                receive "300"
                transmit "300"
            }
        }
        peer 10.30.0.13 {
            interval {
                multiplier "3"
                receive "300"
                transmit "300"
            }
        }
        peer 10.40.0.11 {
            interval {
                multiplier "3"
                receive "300"
                transmit "300"
            }
        }
        peer 10.40.0.12 {
            interval {
                multiplier "3"
                receive "300"
                transmit "300"
            }
        }
        peer 10.40.0.13 {
            interval {
                multiplier "3"
                receive "300"
                transmit "300"
            }
        }
        peer 10.41.0.11 {
            interval {
                multiplier "3"
                receive "300"
                transmit "300"
            }
        }
        peer 10.41.0.12 {
            interval {
                multiplier "3"
                receive "300"
                transmit "300"
            }
        }
        peer 10.41.0.13 {
            interval {
                multiplier "3"
                receive "300"
                transmit "300"
            }
        }
        peer 10.42.0.11 {
            interval {
                multiplier "3"
                receive "300"
                transmit "300"
            }
        }
        peer 10.42.0.12 {
            interval {
                multiplier "3"
                receive "300"
                transmit "300"
            }
        }
        peer 10.42.0.13 {
            interval {
                multiplier "3"
                receive "300"
                transmit "300"
            }
        }
    }
    bgp {
        neighbor 10.30.0.11 {
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
        neighbor 10.30.0.12 {
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
        neighbor 10.30.0.13 {
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
        neighbor 10.40.0.11 {
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
            bfd {
            }
            description "media-1.lab.example.net"
            remote-as "64530"
        }
        neighbor 10.40.0.12 {
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
            bfd {
            }
            description "media-2.lab.example.net"
            remote-as "64530"
        }
        neighbor 10.40.0.13 {
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
            bfd {
            }
            description "media-3.lab.example.net"
            remote-as "64530"
        }
        neighbor 10.41.0.11 {
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
            bfd {
            }
            description "games-1.lab.example.net"
            remote-as "64531"
        }
        neighbor 10.41.0.12 {
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
            bfd {
            }
            description "games-2.lab.example.net"
            remote-as "64531"
        }
        neighbor 10.41.0.13 {
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
            bfd {
            }
            description "games-3.lab.example.net"
            remote-as "64531"
        }
        neighbor 10.42.0.11 {
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
            bfd {
            }
            description "dev-1.lab.example.net"
            remote-as "64532"
        }
        neighbor 10.42.0.12 {
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
            bfd {
            }
            description "dev-2.lab.example.net"
            remote-as "64532"
        }
        neighbor 10.42.0.13 {
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
            bfd {
            }
            description "dev-3.lab.example.net"
            remote-as "64532"
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
        shared-network-name dev {
            authoritative
            description "dev"
            subnet 10.42.0.0/24 {
                lease "86400"
                option {
                    default-router "10.42.0.1"
                    domain-name "lab.example.net"
                    name-server "10.42.0.1"
                }
                range dhcp {
                    start "10.42.0.100"
                    stop "10.42.0.199"
                }
                subnet-id "42"
            }
        }
        shared-network-name games {
            authoritative
            description "games"
            subnet 10.41.0.0/24 {
                lease "86400"
                option {
                    default-router "10.41.0.1"
                    domain-name "lab.example.net"
                    name-server "10.41.0.1"
                }
                range dhcp {
                    start "10.41.0.100"
                    stop "10.41.0.199"
                }
                subnet-id "41"
            }
        }
        shared-network-name media {
            authoritative
            description "media"
            subnet 10.40.0.0/24 {
                lease "86400"
                option {
                    default-router "10.40.0.1"
                    domain-name "lab.example.net"
                    name-server "10.40.0.1"
                }
                range dhcp {
                    start "10.40.0.100"
                    stop "10.40.0.199"
                }
                subnet-id "40"
            }
        }
    }
    dns {
        forwarding {
            allow-from "10.10.0.0/24"
            allow-from "10.11.0.0/24"
            allow-from "10.20.0.0/24"
            allow-from "10.30.0.0/24"
            allow-from "10.40.0.0/24"
            allow-from "10.41.0.0/24"
            allow-from "10.42.0.0/24"
            authoritative-domain lab.example.net {
                records {
                    a desk {
                        address "10.10.0.9"
                    }
                    a dev-1 {
                        address "10.42.0.11"
                    }
                    a dev-2 {
                        address "10.42.0.12"
                    }
                    a dev-3 {
                        address "10.42.0.13"
                    }
                    a games-1 {
                        address "10.41.0.11"
                    }
                    a games-2 {
                        address "10.41.0.12"
                    }
                    a games-3 {
                        address "10.41.0.13"
                    }
                    a hci {
                        address "10.20.0.10"
                    }
                    a lab-gateway {
                        address "192.168.1.2"
                    }
                    a media-1 {
                        address "10.40.0.11"
                    }
                    a media-2 {
                        address "10.40.0.12"
                    }
                    a media-3 {
                        address "10.40.0.13"
                    }
                    a ms-01 {
                        address "10.20.0.11"
                    }
                    a ms-01-boot {
                        address "10.11.0.11"
                    }
                    a ms-02 {
                        address "10.20.0.12"
                    }
                    a ms-02-boot {
                        address "10.11.0.12"
                    }
                    a ms-03 {
                        address "10.20.0.13"
                    }
                    a ms-03-boot {
                        address "10.11.0.13"
                    }
                    a nas {
                        address "10.20.0.5"
                    }
                    a platform-1 {
                        address "10.30.0.11"
                    }
                    a platform-2 {
                        address "10.30.0.12"
                    }
                    a platform-3 {
                        address "10.30.0.13"
                    }
                    a router-boot {
                        address "10.11.0.10"
                    }
                    a seed {
                        address "10.11.0.2"
                    }
                }
            }
            dnssec "process"
            listen-address "10.10.0.1"
            listen-address "10.11.0.1"
            listen-address "10.20.0.1"
            listen-address "10.30.0.1"
            listen-address "10.40.0.1"
            listen-address "10.41.0.1"
            listen-address "10.42.0.1"
            name-server 149.112.112.112 {
            }
            name-server 9.9.9.9 {
            }
        }
    }
    ntp {
        allow-client {
            address "10.10.0.0/24"
            address "10.11.0.0/24"
            address "10.20.0.0/24"
            address "10.30.0.0/24"
            address "10.40.0.0/24"
            address "10.41.0.0/24"
            address "10.42.0.0/24"
        }
        listen-address "10.10.0.1"
        listen-address "10.11.0.1"
        listen-address "10.20.0.1"
        listen-address "10.30.0.1"
        listen-address "10.40.0.1"
        listen-address "10.41.0.1"
        listen-address "10.42.0.1"
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
