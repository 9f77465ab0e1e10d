/** What a macro of Proxmox VE stands for: protocol and destination port, as rules write them. */
export interface MacroPart {
  readonly proto: string;
  readonly dport?: string;
}

const PORTS: Readonly<Record<string, string>> = {
  BGP: 'tcp 179',
  DNS: 'udp 53, tcp 53',
  FTP: 'tcp 21',
  Git: 'tcp 9418',
  GRE: '47',
  HTTP: 'tcp 80',
  HTTPS: 'tcp 443',
  IMAP: 'tcp 143',
  IMAPS: 'tcp 993',
  LDAP: 'tcp 389',
  LDAPS: 'tcp 636',
  Mail: 'tcp 25, tcp 465, tcp 587',
  MySQL: 'tcp 3306',
  NTP: 'udp 123',
  OSPF: '89',
  Ping: 'icmp echo-request, icmpv6 echo-request',
  POP3: 'tcp 110',
  POP3S: 'tcp 995',
  PostgreSQL: 'tcp 5432',
  RDP: 'tcp 3389',
  SMTP: 'tcp 25',
  SMTPS: 'tcp 465',
  SNMP: 'udp 161:162, tcp 161',
  SPICEproxy: 'tcp 3128',
  SSH: 'tcp 22',
  Submission: 'tcp 587',
  Syslog: 'udp 514, tcp 514',
  Telnet: 'tcp 23',
  VNC: 'tcp 5900:5999',
  Web: 'tcp 80, tcp 443',
  Webcache: 'tcp 8080',
};

/**
 * The parts of a macro; undefined for one that is not known here. Case does not matter.
 * @see https://pve.proxmox.com/pve-docs/chapter-pve-firewall.html#_firewall_macro_definitions
 */
export function macroNamed(name: string): readonly MacroPart[] | undefined {
  const [, parts] = Object.entries(PORTS).find(([known]) => known.toLowerCase() === name.toLowerCase()) ?? [];
  return parts?.split(', ').map(part => {
    const [proto = '', dport] = part.split(' ');
    return { proto, ...(dport && { dport }) };
  });
}
