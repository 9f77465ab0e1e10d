import { acknowledge, Duration, Port, Secret, Size, Version } from '@ashlar/core';
import { Testing } from '@ashlar/core/testing';
import { BackupJob, ProxmoxContainer, ProxmoxVm, Schedule } from '../src';
import { GUEST, lab } from './lab';

function environment(version: string) {
  const { site, pve, servers, management, debian, rootfs } = lab({ version: Version.of(version) });
  const node = new ProxmoxVm(pve, 'k3s-1', { ...GUEST, node: 'pve-01', host: servers.host('k3s-1', 11), template: debian });
  node.firstBoot.install('curl');
  node.firstBoot.file('/etc/rancher/k3s/config.yaml', 'server: ${HOST}\n');
  node.firstBoot.file('/etc/rancher/k3s/token', Secret.fromTerraformVariable('k3s_token'));
  node.firstBoot.run('echo "${HOME}"');
  const gateway = new ProxmoxVm(pve, 'gateway', {
    ...GUEST,
    memory: Size.gibibytes(2),
    host: management.host('gateway', 1),
    otherNics: [servers.host('gateway-servers', 1)],
    template: debian,
    startOrder: 0,
    highAvailability: { nodes: ['pve-02', 'pve-03'], replicateEvery: Duration.minutes(5) },
  });
  acknowledge(gateway, 'ROUTER_UNDECLARED', 'somebody configures it by hand');
  gateway.connections.allowFrom(servers, Port.udp(53));
  const dns = new ProxmoxContainer(pve, 'dns', {
    cores: 1,
    memory: Size.mebibytes(512),
    disk: Size.gibibytes(4),
    node: 'pve-03',
    host: servers.host('dns', 53),
    image: rootfs,
  });
  dns.connections.allowFrom(servers, Port.udp(53));
  node.connections.allowTo(dns, Port.udp(53));
  new BackupJob(pve, 'nightly', { schedule: Schedule.daily('02:30') });
  return site;
}

describe.each(['8.2', '9.1'])('the Terraform of three nodes with Proxmox VE %s', version => {
  test('is what it was', () => {
    const site = environment(version);
    const text = Testing.files(site)['terraform/hypervisors/cdk.tf.json'] as string;
    expect(text.replace(/("stackName": "hypervisors",\s+"version": )"[^"]+"/, '$1"of the engine"')).toMatchSnapshot();
    expect(Testing.findings(environment(version))).toEqual([]);
  });
});
