package main

import (
	"net/netip"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// userID is a name in a realm: root@pam.
const userID = `[^\s:/@!]+@[A-Za-z][A-Za-z0-9._-]+`

const (
	label    = `[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?`
	mailUser = `[\w+~-]+(\.[\w+~-]+)*`
)

// formats are those of PVE::JSONSchema and of its users, which the API schema names without defining them.
var formats = map[string]func(text string) bool{
	"address":                  func(text string) bool { return isIP(text) || dnsName(text) },
	"dns-name":                 dnsName,
	"disk-size":                matches(`\d+(\.\d+)?[KMGT]?`),
	"ipv4":                     func(text string) bool { return isIP(text) && !strings.Contains(text, ":") },
	"ipv6":                     func(text string) bool { return isIP(text) && strings.Contains(text, ":") },
	"lxc-ip-with-ll-iface":     isIP,
	"mac-addr":                 matches(`(?i)[a-f0-9][02468ace](:[a-f0-9]{2}){5}`),
	"pve-bridge-id":            matches(`[-_.\w]+`),
	"pve-calendar-event":       isCalendarEvent,
	"pve-configid":             matches(`(?i)[a-z][a-z0-9_-]+`),
	"pve-cpuset":               matches(`\d+(-\d+)?(,\d+(-\d+)?)*`),
	"pve-fw-addr-spec":         isFirewallAddress,
	"pve-fw-dport-spec":        isFirewallPorts,
	"pve-fw-icmp-type-spec":    matches(`[a-z0-9/-]+`),
	"pve-fw-protocol-spec":     isFirewallProtocol,
	"pve-fw-sport-spec":        isFirewallPorts,
	"pve-ha-node":              matches(label + `(:\d+)?`),
	"pve-ha-resource-id":       matches(`(vm|ct):[1-9]\d{2,8}`),
	"pve-ha-resource-or-vm-id": matches(`((vm|ct):)?[1-9]\d{2,8}`),
	"pve-hotplug-features":     matches(`0|1|(network|disk|cpu|memory|usb|cloudinit)(,(network|disk|cpu|memory|usb|cloudinit))*`),
	"pve-iface":                matches(`[a-zA-Z][a-zA-Z0-9_]{1,20}([:.]\d+)?`),
	"pve-ipv4-config":          func(text string) bool { return text == "dhcp" || text == "manual" || isCIDR(text, 4) },
	"pve-ipv6-config": func(text string) bool {
		return slices.Contains([]string{"auto", "dhcp", "manual"}, text) || isCIDR(text, 6)
	},
	"pve-lxc-dev-string":             matches(`/dev/.+`),
	"pve-lxc-mp-string":              func(text string) bool { return text != "" && !dots(text) },
	"pve-node":                       matches(label),
	"pve-poolid":                     matches(`[A-Za-z0-9._-]+(/[A-Za-z0-9._-]+){0,2}`),
	"pve-qm-boot":                    matches(`order=\w+(;\w+)*`),
	"pve-replication-job-id":         matches(`[1-9]\d{2,8}-\d{1,9}`),
	"pve-storage-content":            matches(`images|rootdir|vztmpl|iso|backup|snippets|import|none`),
	"pve-storage-id":                 matches(`(?i)[a-z][a-z0-9._-]*[a-z0-9]`),
	"pve-storage-options":            matches(`[^\s]+`),
	"pve-storage-path":               matches(`/[-/.\w@]+`),
	"pve-storage-server":             func(text string) bool { return isIP(text) || dnsName(text) },
	"pve-tag":                        matches(`(?i)[a-z0-9_][a-z0-9_+.-]*`),
	"pve-vm-cpu-conf":                cpus,
	"pve-vmid":                       matches(`[1-9]\d{2,8}`),
	"pve-volume-id":                  volume,
	"pve-volume-id-or-absolute-path": func(text string) bool { return volume(text) || strings.HasPrefix(text, "/") },
	"pve-volume-id-or-qm-path":       volumeOrPath,
	"urlencoded":                     matches(`[-%a-zA-Z0-9_.!~*'()]*`),
	"CIDR":                           func(text string) bool { return isCIDR(text, 4) || isCIDR(text, 6) },
	"CIDRv4":                         func(text string) bool { return isCIDR(text, 4) },
	"CIDRv6":                         func(text string) bool { return isCIDR(text, 6) },
	"IPorCIDR":                       isIPOrCIDR,
	"IPorCIDRorAlias":                func(text string) bool { return isIPOrCIDR(text) || ipsetOrAlias(text) },
	"email":                          isEmail,
	"email-or-username":              matches(mailUser + `(@(` + label + `\.)+` + label + `)?`),
	"email-opt":                      func(text string) bool { return text == "" || isEmail(text) },
	"graphite-path":                  matches(`[0-9a-zA-Z_-]+(\.[0-9a-zA-Z_-]+)*`),
	"ip":                             isIP,
	"mac-prefix":                     matches(`(?i)[a-f0-9][02468ace](:[a-f0-9]{2}){0,2}:?`),
	"pve-acme-alias":                 acmeName,
	"pve-acme-domain":                acmeName,
	"pve-groupid":                    accessName,
	"pve-priv":                       func(text string) bool { return slices.Contains(privileges, text) },
	"pve-roleid":                     accessName,
	"pve-sdn-bgp-rt":                 matches(`\d+:\d+`),
	"pve-sdn-controller-id":          matches(`(?i)[a-z][a-z0-9_-]{0,62}[a-z0-9]`),
	"pve-sdn-fabric-id":              matches(`(?i)[a-z0-9][a-z0-9-]{0,6}[a-z0-9]?`),
	"pve-sdn-subnet-id":              func(text string) bool { return isCIDR(text, 4) || isCIDR(text, 6) },
	"pve-sdn-vnet-id":                sdnName,
	"pve-sdn-zone-id":                sdnName,
	"pve-storage-vgname":             matches(`(?i)[a-z0-9][a-z0-9._+-]*[a-z0-9]`),
	"pve-tokenid":                    matches(userID + `![A-Za-z][A-Za-z0-9._-]+`),
	"pve-userid":                     matches(userID),
	"pve-vlan-id-or-range":           matches(`[1-9]\d{0,3}(-[1-9]\d{0,3})?`),
	"string":                         func(text string) bool { return text != "" },
}

var (
	accessName = matches(`[A-Za-z0-9._-]+`)
	acmeName   = matches(`(\*\.)?(` + label + `\.)+` + label)
	isEmail    = matches(mailUser + `@(` + label + `\.)+` + label)
	dots       = regexp.MustCompile(`(^|/)\.\.?(/|$)`).MatchString
	// The name becomes that of a bridge.
	sdnName = matches(`(?i)[a-z][a-z0-9]{1,7}`)
	dnsName = matches(`(` + label + `\.)*` + label)
	volume  = matches(`(?i)[a-z][a-z0-9._-]*[a-z0-9]:\S+`)
)

// refusesFormat checks one value, or one element of a list.
func refusesFormat(name, text string) string {
	elements := []string{text}
	if strings.HasSuffix(name, "-list") {
		elements = strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune(",; \x00", r) })
	}
	for _, element := range elements {
		if !formats[strings.TrimSuffix(name, "-list")](element) {
			return "must be a " + name
		}
	}
	return ""
}

func matches(expression string) func(string) bool {
	return regexp.MustCompile(`^(?:` + expression + `)$`).MatchString
}

func volumeOrPath(text string) bool {
	return text == "none" || text == "cdrom" || strings.HasPrefix(text, "/") || volume(text)
}

func isIP(text string) bool {
	_, err := netip.ParseAddr(text)
	return err == nil
}

func isCIDR(text string, family int) bool {
	prefix, err := netip.ParsePrefix(text)
	return err == nil && prefix.Addr().Is4() == (family == 4)
}

var (
	weekdays  = `(mon|tue|wed|thu|fri|sat|sun)(day|s|sday|nesday|rsday|urday)?`
	dayList   = `(` + weekdays + `(\.\.` + weekdays + `)?)(,` + weekdays + `(\.\.` + weekdays + `)?)*`
	field     = `(\*|\d+(\.\.\d+)?)(/\d+)?`
	fieldList = field + `(,` + field + `)*`
	date      = `((` + fieldList + `|\*)-)?` + fieldList + `-` + fieldList
	clock     = `(` + fieldList + `:)?` + fieldList + `(:` + fieldList + `)?`

	calendarWord = matches(`(?i)minutely|hourly|daily|weekly|monthly|yearly|quarterly|semiannually`)
	calendar     = matches(`(?i)(` + dayList + `)?\s*(` + date + `)?\s*(` + clock + `)?`)
	clockOf      = regexp.MustCompile(`(?:^|\s)(\d+):(\d+)(?::(\d+))?$`)
)

// isCalendarEvent knows the subset of systemd.time that Proxmox VE documents.
func isCalendarEvent(text string) bool {
	if calendarWord(text) {
		return true
	}
	if at := clockOf.FindStringSubmatch(text); at != nil && (!below(24, at[1]) || !below(60, at[2]) || (at[3] != "" && !below(60, at[3]))) {
		return false
	}
	return text != "" && calendar(text)
}

func below(limit int, text string) bool {
	value, err := strconv.Atoi(text)
	return err == nil && value < limit
}

var (
	ipsetOrAlias = matches(`(\+|(dc|guest)/)?[A-Za-z][A-Za-z0-9_-]+|\+(dc|guest|sdn)/[A-Za-z][A-Za-z0-9_-]+`)
	service      = matches(`[a-z][a-z0-9+._-]*`)
)

// isFirewallAddress takes a list of addresses, networks and ranges of one family, or the name of a set or an alias.
func isFirewallAddress(text string) bool {
	if ipsetOrAlias(text) {
		return true
	}
	families := map[bool]bool{}
	for _, element := range strings.Split(text, ",") {
		first, last, ranged := strings.Cut(element, "-")
		ends := []string{first}
		if ranged {
			ends = append(ends, last)
		}
		for _, end := range ends {
			if !isIP(end) && (ranged || (!isCIDR(end, 4) && !isCIDR(end, 6))) {
				return false
			}
			families[strings.Contains(end, ":")] = true
		}
	}
	return len(families) == 1
}

// isFirewallPorts takes at most 15 ports, as the multiport match of netfilter; a range counts as two.
func isFirewallPorts(text string) bool {
	count := 0
	for _, element := range strings.Split(text, ",") {
		first, last, ranged := strings.Cut(element, ":")
		count++
		switch {
		case ranged:
			count++
			from, to := port(first), port(last)
			if from < 0 || to <= from {
				return false
			}
		case port(element) < 0 && !service(element):
			return false
		}
	}
	return count <= 15
}

func port(text string) int {
	value, err := strconv.Atoi(text)
	if err != nil || value < 0 || value > 65535 {
		return -1
	}
	return value
}

var protocols = []string{
	"ah", "dccp", "egp", "esp", "gre", "icmp", "icmpv6", "igmp", "ipip", "ipv6-icmp", "l2tp", "ospf", "pim", "rdp", "sctp", "tcp", "udp",
	"udplite", "vrrp",
}

func isFirewallProtocol(text string) bool {
	number, err := strconv.Atoi(text)
	return slices.Contains(protocols, text) || (err == nil && number >= 0 && number <= 255)
}

// The models of QEMU that Proxmox VE offers; others begin with custom-.
var cpus = matches(`custom-.+|host|max|kvm32|kvm64|qemu32|qemu64|x86-64-v[1-4]|x86-64-v2-AES|486|athlon|phenom|pentium[23]?|coreduo|` +
	`core2duo|(Conroe|Penryn|Nehalem|Westmere|SandyBridge|IvyBridge|Haswell|Broadwell|Skylake-Client|Skylake-Server|Cascadelake-Server|` +
	`Icelake-Client|Icelake-Server|Cooperlake|KnightsMill|SapphireRapids|GraniteRapids|SierraForest|` +
	`EPYC|EPYC-Rome|EPYC-Milan|EPYC-Genoa|EPYC-Turin|` +
	`Opteron_G[1-5])` +
	`(-(noTSX|IBRS|noTSX-IBRS|IBPB|v\d+))*|cortex-[\w-]+|neoverse-[\w-]+`)

func isIPOrCIDR(text string) bool { return isIP(text) || isCIDR(text, 4) || isCIDR(text, 6) }

// privileges are those of Proxmox VE 9, and the one that only version 8 has: https://pve.proxmox.com/wiki/User_Management#pveum_permission_management
var privileges = []string{
	"Datastore.Allocate", "Datastore.AllocateSpace", "Datastore.AllocateTemplate", "Datastore.Audit", "Group.Allocate", "Mapping.Audit",
	"Mapping.Modify", "Mapping.Use", "Permissions.Modify", "Pool.Allocate", "Pool.Audit", "Realm.Allocate", "Realm.AllocateUser",
	"SDN.Allocate", "SDN.Audit", "SDN.Use", "Sys.AccessNetwork", "Sys.Audit", "Sys.Console", "Sys.Incoming", "Sys.Modify",
	"Sys.PowerMgmt", "Sys.Syslog", "User.Modify", "VM.Allocate", "VM.Audit", "VM.Backup", "VM.Clone", "VM.Config.CDROM",
	"VM.Config.CPU", "VM.Config.Cloudinit", "VM.Config.Disk", "VM.Config.HWType", "VM.Config.Memory", "VM.Config.Network",
	"VM.Config.Options", "VM.Console", "VM.GuestAgent.Audit", "VM.GuestAgent.FileRead", "VM.GuestAgent.FileSystemMgmt",
	"VM.GuestAgent.FileWrite", "VM.GuestAgent.Unrestricted", "VM.Migrate", "VM.Monitor", "VM.PowerMgmt", "VM.Replicate", "VM.Snapshot",
	"VM.Snapshot.Rollback",
}
