/** A part of a `config.xml` with three interfaces: an uplink, a LAN with both families, and a network with IPv4 only. */
export interface Parts {
  readonly filter?: string;
  readonly nat?: string;
  readonly aliases?: string;
  /** Sections besides. */
  readonly more?: string;
  /** Elements of the uplink besides. */
  readonly wan?: string;
}

export function config({ filter = '', nat = '', aliases = '', more = '', wan = '' }: Parts = {}): string {
  return `<?xml version="1.0"?>
<pfsense>
	<interfaces>
		<wan><enable/><if>vtnet0</if><descr>WAN</descr><ipaddr>203.0.113.2</ipaddr><subnet>24</subnet><gateway>WAN_GW</gateway>${wan}</wan>
		<lan><enable/><if>vtnet1</if><ipaddr>10.1.0.1</ipaddr><subnet>24</subnet><ipaddrv6>2001:db8:0:1::1</ipaddrv6><subnetv6>64</subnetv6></lan>
		<opt1><enable/><if>vtnet2</if><descr>LAB</descr><ipaddr>10.2.0.1</ipaddr><subnet>24</subnet></opt1>
		<opt2><if>vtnet3</if><ipaddr>10.3.0.1</ipaddr><subnet>24</subnet></opt2>
	</interfaces>
	<gateways>
		<gateway_item><interface>wan</interface><gateway>203.0.113.1</gateway><name>WAN_GW</name><ipprotocol>inet</ipprotocol></gateway_item>
		<defaultgw4>WAN_GW</defaultgw4>
	</gateways>
	<aliases>${aliases}</aliases>
	<nat>${nat}</nat>
	<filter>${filter}</filter>
	${more}
</pfsense>
`;
}

/** A rule that passes TCP from anywhere to anywhere, but for the elements that are given. */
export function rule(elements: Readonly<Record<string, string>>): string {
  const all = { type: 'pass', interface: 'lan', ipprotocol: 'inet', protocol: 'tcp', source: '<any/>', destination: '<any/>', ...elements };
  return `<rule>${Object.entries(all)
    .map(([name, value]) => `<${name}>${value}</${name}>`)
    .join('')}</rule>`;
}

export function alias(name: string, type: string, address: string): string {
  return `<alias><name>${name}</name><type>${type}</type><address>${address}</address></alias>`;
}
