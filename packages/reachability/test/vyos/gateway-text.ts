/** A gateway of two segments, a tunnel and an uplink, as VyOS keeps it. Hosts of `lab` reach 443/tcp of `servers`, and nothing else passes. */
export const GATEWAY = `
interfaces {
    ethernet eth0 {
        address "203.0.113.2/24"
        hw-id "02:00:5e:10:00:01"
    }
    ethernet eth1 {
        vif 10 {
            address "10.10.0.1/24"
            address "2001:db8:0:10::1/64"
            description "lab"
        }
        vif 20 {
            address "10.20.0.1/24"
            address "2001:db8:0:20::1/64"
        }
    }
    loopback lo {
    }
    wireguard wg0 {
        address "10.99.0.1/24"
        peer office {
            allowed-ips "192.168.50.0/24"
            public-key "3fPp4ZQ6fMaL0nVrWyeZ8T0m6C0E2Gx8b1uHqYI1xkQ="
        }
        port "51820"
        private-key "placeholder"
    }
}
firewall {
    global-options {
        all-ping "enable"
        state-policy {
            established {
                action "accept"
            }
            invalid {
                action "drop"
                log
            }
        }
    }
    group {
        address-group ADMINS {
            address "10.10.0.9"
            address "10.10.0.20-10.10.0.23"
        }
        network-group SITE {
            network "10.0.0.0/8"
            network "203.0.113.0/24"
        }
        port-group WEB {
            port "80"
            include "TLS"
        }
        port-group TLS {
            port "443"
        }
    }
    ipv4 {
        name lab.servers {
            default-action "drop"
            default-log
            rule 10 {
                action "accept"
                description "lab to servers"
                destination {
                    address "10.20.0.0/24"
                    port "443"
                }
                protocol "tcp"
                source {
                    address "10.10.0.0/24"
                }
            }
        }
    }
    ipv6 {
        name lab.servers6 {
            default-action "reject"
        }
    }
    zone lab {
        default-action "drop"
        interface "eth1.10"
    }
    zone servers {
        default-action "drop"
        from lab {
            firewall {
                ipv6-name "lab.servers6"
                name "lab.servers"
            }
        }
        interface "eth1.20"
    }
    zone wan {
        default-action "drop"
        interface "eth0"
    }
    zone office {
        default-action "drop"
        interface "wg0"
        intra-zone-filtering {
            action "drop"
        }
    }
    zone local {
        default-action "drop"
        local-zone
    }
}
protocols {
    static {
        route 0.0.0.0/0 {
            next-hop 203.0.113.1 {
            }
        }
        route 192.168.50.0/24 {
            interface wg0 {
            }
        }
    }
}
service {
    ssh {
        port "22"
    }
}
// vyos-config-version: "firewall@17:interfaces@33"
`;

/** The gateway with rule 10 as it is said here. */
export function withRule(rule: string): string {
  return GATEWAY.replace(/rule 10 \{[\s\S]*?\n {12}\}\n/, `rule 10 {\n${rule}\n}\n`);
}
