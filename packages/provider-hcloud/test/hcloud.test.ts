import { DefaultTokenResolver, StringConcat, TerraformStack, Tokenization } from 'cdktf';
import { Construct } from 'constructs';
import { HcloudFirewallResource, HcloudImageData, HcloudNetworkResource, HcloudProvider, HcloudServerResource } from '../src';

const stack = () => new TerraformStack(new Construct(undefined as unknown as Construct, ''), 'metal');
const resolved = <T>(scope: TerraformStack, value: T): T =>
  Tokenization.resolve(value, { scope, resolver: new DefaultTokenResolver(new StringConcat()) });
const untyped = (type: unknown, props: unknown) => () => new (type as new (...args: unknown[]) => unknown)(stack(), 'hcloud', props);

test('a server with its network, its firewall and an image that is looked up', () => {
  const s = stack();
  const network = new HcloudNetworkResource(s, 'network', { name: 'lab', ipRange: '10.0.0.0/16' });
  const firewall = new HcloudFirewallResource(s, 'firewall', {
    name: 'lab',
    rule: [{ direction: 'in', protocol: 'tcp', port: '443', sourceIps: ['0.0.0.0/0', '::/0'] }],
  });
  const image = new HcloudImageData(s, 'image', { name: 'debian-13', withArchitecture: 'x86' });
  const server = new HcloudServerResource(s, 'server', {
    name: 'web-1',
    serverType: 'ccx53',
    image: image.name,
    location: 'fsn1',
    firewallIds: [firewall.getNumberAttribute('id')],
    network: [{ networkId: network.getNumberAttribute('id'), ip: '10.0.0.11' }],
    publicNet: [{ ipv4Enabled: true, ipv6Enabled: true }],
  });
  const rendered = resolved(s, server.toTerraform()) as { resource: { hcloud_server: { server: Record<string, unknown> } } };
  const { '//': _, ...attributes } = rendered.resource.hcloud_server.server;
  expect(attributes).toEqual({
    firewall_ids: ['${hcloud_firewall.firewall.id}'],
    image: '${data.hcloud_image.image.name}',
    location: 'fsn1',
    name: 'web-1',
    network: [{ ip: '10.0.0.11', network_id: '${hcloud_network.network.id}' }],
    public_net: [{ ipv4_enabled: true, ipv6_enabled: true }],
    server_type: 'ccx53',
  });
});

test('the provider is pinned to the version of the lock, and takes its token from the environment', () => {
  expect(new HcloudProvider(stack(), 'hcloud').toTerraform()).toEqual({
    terraform: { required_providers: { hcloud: { source: 'hetznercloud/hcloud', version: '1.68.0' } } },
    provider: { hcloud: [{}] },
  });
});

test('a mistake names the page of the provider', () => {
  expect(untyped(HcloudServerResource, { name: 'web-1' })).toThrow(
    '[metal/hcloud] serverType is missing; set it to a string, see https://registry.terraform.io/providers/hetznercloud/hcloud/1.68.0/docs/resources/server (HCLOUD_MISSING_KEY)',
  );
  expect(untyped(HcloudNetworkResource, { name: 'lab', ipRange: '10.0.0.0/16', ip_range: 'x' })).toThrow(
    '[metal/hcloud] HcloudNetworkResource has no key ip_range, got "x"; did you mean ipRange? (HCLOUD_UNKNOWN_KEY)',
  );
  expect(untyped(HcloudFirewallResource, { name: 'lab', rule: [{ protocol: 'tcp' }] })).toThrow(
    '[metal/hcloud] rule[0].direction is missing; set it to a string, see https://registry.terraform.io/providers/hetznercloud/hcloud/1.68.0/docs/resources/firewall (HCLOUD_MISSING_KEY)',
  );
});
