import { Secret, Version } from '@ashlar/core';
import type { TalosClusterProps } from '../../src/talos/talos-cluster-props';
import { type Lab, lab } from './lab';

type Overrides = (parts: Lab) => Partial<TalosClusterProps>;

/** What nobody with types could write. */
const any = (props: object) => props as Partial<TalosClusterProps>;

test.each<[title: string, overrides: Overrides, message: string]>([
  [
    'a release of Talos that nothing is known of',
    () => ({ talos: Version.of('v1.9.6') }),
    '[lab/prod] talos must be a release of Talos 1.12 or 1.13, got "v1.9.6"; write Version.of(\'v1.13.9\'), see https://github.com/siderolabs/talos/releases (TALOS_VERSION)',
  ],
  [
    'a release of Talos without its patch',
    () => ({ talos: Version.of('1.13') }),
    '[lab/prod] talos must be a release of Talos 1.12 or 1.13, got "1.13"; write Version.of(\'v1.13.9\'), see https://github.com/siderolabs/talos/releases (TALOS_VERSION)',
  ],
  [
    'a Kubernetes that is too new',
    () => ({ talos: Version.of('v1.12.11'), version: Version.of('1.36.0') }),
    '[lab/prod] Talos 1.12 runs Kubernetes 1.30 to 1.35, by its full version, got "1.36.0"; write version: Version.of(\'1.35.0\'), or take another release of Talos, see https://docs.siderolabs.com/talos/v1.13/getting-started/support-matrix (TALOS_KUBERNETES)',
  ],
  [
    'a Kubernetes that is too old',
    () => ({ version: Version.of('1.30.14') }),
    '[lab/prod] Talos 1.13 runs Kubernetes 1.31 to 1.36, by its full version, got "1.30.14"; write version: Version.of(\'1.31.14\'), or take another release of Talos, see https://docs.siderolabs.com/talos/v1.13/getting-started/support-matrix (TALOS_KUBERNETES)',
  ],
  [
    'a Kubernetes without its patch',
    () => ({ version: Version.of('1.35') }),
    '[lab/prod] Talos 1.13 runs Kubernetes 1.31 to 1.36, by its full version, got "1.35"; write version: Version.of(\'1.35.0\'), or take another release of Talos, see https://docs.siderolabs.com/talos/v1.13/getting-started/support-matrix (TALOS_KUBERNETES)',
  ],
  [
    'even control planes',
    ({ guests }) => ({ controlPlanes: guests.slice(0, 2) }),
    '[lab/prod] etcd has 2 members, and an even number survives no more than one less would; use 1, 3, 5 or 7 control planes, and make the others workers, see https://etcd.io/docs/v3.6/faq/ (TALOS_CONTROL_PLANES)',
  ],
  [
    'nine control planes',
    ({ guests }) => ({ controlPlanes: [...guests, ...guests.slice(0, 4)] }),
    '[lab/prod] etcd has 9 members; use 1, 3, 5 or 7 control planes, and make the others workers, see https://etcd.io/docs/v3.6/faq/ (TALOS_CONTROL_PLANES)',
  ],
  [
    'no control planes',
    () => ({ controlPlanes: [] }),
    '[lab/prod] controlPlanes is empty; write controlPlanes: [cp1, cp2, cp3] (PROP_EMPTY)',
  ],
  [
    'a machine twice',
    ({ guests }) => ({ workers: guests.slice(2, 4) }),
    '[lab/prod] lab/vm-cp-3 is listed twice; list each machine once, as a control plane or as a worker (TALOS_NODE_TWICE)',
  ],
  [
    'an endpoint without scheme',
    () => ({ endpoint: 'api.lab.example.net:6443' }),
    '[lab/prod] endpoint "api.lab.example.net:6443" is no address of a load balancer; write it like \'https://api.lab.example.net:6443\' (TALOS_ENDPOINT)',
  ],
  [
    'an endpoint without port',
    () => ({ endpoint: 'https://api.lab.example.net' }),
    '[lab/prod] endpoint "https://api.lab.example.net" is no address of a load balancer; write it like \'https://api.lab.example.net:6443\' (TALOS_ENDPOINT)',
  ],
  [
    'an endpoint of a port that there is not',
    () => ({ endpoint: 'https://api.lab.example.net:66443' }),
    '[lab/prod] endpoint "https://api.lab.example.net:66443" is no address of a load balancer; write it like \'https://api.lab.example.net:6443\' (TALOS_ENDPOINT)',
  ],
  [
    'an endpoint that is nothing',
    () => any({ endpoint: {} }),
    "[lab/prod] endpoint has no address; write servers.host('api', 5), or the https:// address of a load balancer (TALOS_ENDPOINT)",
  ],
  [
    'an endpoint that is a machine',
    ({ guests }) => ({ endpoint: guests[1] as never }),
    '[lab/prod] endpoint 10.20.0.12 is the own address of lab/vm-cp-2, and would be gone with it; reserve another host for it (TALOS_ENDPOINT)',
  ],
  [
    'an endpoint that is the gateway',
    ({ vlan }) => ({ endpoint: vlan.host('api', 1) }),
    '[lab/prod] endpoint 10.20.0.1 is the gateway of servers, to which every machine there sends its packets; reserve another host for it (TALOS_ENDPOINT)',
  ],
  [
    'an endpoint among the addresses of load balancers',
    ({ vlan }) => ({ endpoint: vlan.pool('services', { use: 'load-balancer', from: 200, to: 219 }).host('api', 201) }),
    '[lab/prod] endpoint 10.20.0.201 is one of the addresses that lab/servers/services gives out for load-balancer; take one outside of that pool (TALOS_ENDPOINT)',
  ],
  [
    'an endpoint among the addresses of DHCP',
    ({ vlan }) => {
      vlan.pool('clients', { use: 'dhcp', from: 100, to: 199 });
      return { endpoint: { addresses: [{ name: 'api', ip: '10.20.0.150', family: 4, prefixLength: 24, vlan }] } as never };
    },
    '[lab/prod] endpoint 10.20.0.150 is one of the addresses that lab/servers/clients gives out for dhcp; take one outside of that pool (TALOS_ENDPOINT)',
  ],
  [
    'secrets of Terraform as a variable',
    () => ({ secrets: Secret.fromTerraformVariable('talos') }),
    "[lab/prod] secrets is neither a bundle of talosctl, kept by SOPS, nor a Terraform workspace, got \"terraform:var.talos\"; write Secret.fromSops('secrets/talos.yaml', 'bundle'), or pass the TerraformWorkspace that makes them, see https://docs.siderolabs.com/talos/v1.13/reference/cli#talosctl-gen-secrets (TALOS_SECRETS)",
  ],
  [
    'no secrets',
    () => any({ secrets: undefined }),
    "[lab/prod] secrets is neither a bundle of talosctl, kept by SOPS, nor a Terraform workspace, got undefined; write Secret.fromSops('secrets/talos.yaml', 'bundle'), or pass the TerraformWorkspace that makes them, see https://docs.siderolabs.com/talos/v1.13/reference/cli#talosctl-gen-secrets (TALOS_SECRETS)",
  ],
  [
    'a platform that there is not',
    () => any({ image: { platform: 'harvester' } }),
    '[lab/prod] image.platform must be one of metal, nocloud, aws, azure, gcp, hcloud, openstack, vmware, got "harvester"; write image.platform: \'metal\' (PROP_CHOICE)',
  ],
  [
    'an extension that there is not',
    () => ({ image: { platform: 'nocloud', extensions: ['iscsi'] } }),
    "[lab/prod] Talos 1.13 has no system extension iscsi; write its short name, such as 'iscsi-tools', see https://github.com/siderolabs/extensions (TALOS_EXTENSION)",
  ],
  [
    'an extension of a later minor',
    () => ({ talos: Version.of('v1.12.11'), image: { platform: 'nocloud', extensions: ['intel-npu'] } }),
    '[lab/prod] Talos 1.12 has no system extension intel-npu, it came with 1.13; leave it out, or take a later release of Talos, see https://github.com/siderolabs/extensions (TALOS_EXTENSION)',
  ],
  [
    'an extension by its long name',
    () => ({ image: { platform: 'nocloud', extensions: ['siderolabs/gvisor'] } }),
    "[lab/prod] Talos 1.13 has no system extension siderolabs/gvisor; write its short name, such as 'gvisor', see https://github.com/siderolabs/extensions (TALOS_EXTENSION)",
  ],
  [
    'two kernel arguments in one',
    () => ({ image: { platform: 'nocloud', kernelArguments: ['a=1 b=2'] } }),
    '[lab/prod] image.kernelArguments must be one argument each, got "a=1 b=2"; write it like net.ifnames=0 (PROP_FORMAT)',
  ],
  [
    'an install disk that is none',
    () => ({ installDisk: 'vda' }),
    '[lab/prod] installDisk must be the path of a disk, got "vda"; write it like /dev/vda (PROP_FORMAT)',
  ],
  [
    'an install disk that holds data',
    () => ({ installDisk: '/dev/disk/by-id/virtio-data' }),
    '[lab/prod] installDisk /dev/disk/by-id/virtio-data is the data disk data of lab/vm-worker-1; write the disk that it boots from, such as /dev/vda (TALOS_INSTALL_DISK)',
  ],
  [
    'an encryption that there is not',
    () => any({ encryption: 'luks' }),
    '[lab/prod] encryption must be one of nodeID, tpm, none, got "luks"; write encryption: \'nodeID\' (PROP_CHOICE)',
  ],
  [
    'pods with too little room',
    () => ({ podCidr: '10.244.0.0/23' }),
    '[lab/prod] podCidr 10.244.0.0/23 has 2 of the /24 that each of 5 nodes gets; choose a /21 or a shorter one, with room for nodes to come (TALOS_POD_CIDR)',
  ],
  [
    'pods of less than one node',
    () => ({ podCidr: '10.244.0.0/26' }),
    '[lab/prod] podCidr 10.244.0.0/26 has none of the /24 that each of 5 nodes gets; choose a /21 or a shorter one, with room for nodes to come (TALOS_POD_CIDR)',
  ],
  [
    'services of half the Internet',
    () => ({ serviceCidr: '10.0.0.0/8' }),
    '[lab/prod] serviceCidr 10.0.0.0/8 is a /8; choose a /12 to a /24: Kubernetes takes no larger one, and a smaller one is soon full, see https://kubernetes.io/docs/reference/command-line-tools-reference/kube-apiserver/ (TALOS_SERVICE_CIDR)',
  ],
  [
    'pods of a network that is none',
    () => ({ podCidr: '10.244.0.0' }),
    '[lab/prod] podCidr must be an IPv4 prefix in CIDR notation, got "10.244.0.0"; write it like 10.20.0.0/24 (SUBNET_FORMAT)',
  ],
  [
    'a patch with a misspelt section',
    () => ({ patches: [{ config: any({ machines: {} }) as never }] }),
    '[lab/prod] there is no property machines; use one of machine, cluster (PROP_UNKNOWN)',
  ],
  [
    'a patch with a section that is gone',
    () => ({ patches: [{ config: { machine: { network: {} } } }] }),
    '[lab/prod] Talos 1.13 knows no machine.network; it was one of 1.12, and is a document of its own since; use one of acceptedCAs, baseRuntimeSpecOverrides, ca, certSANs, controlPlane, features, files, install, kernel, kubelet, logging, nodeAnnotations, nodeLabels, nodeTaints, pods, seccompProfiles, sysctls, sysfs, token, type, udev (TALOS_PATCH_KEY)',
  ],
  [
    'a patch with a key that there is not',
    () => ({ patches: [{ config: { cluster: { cni: 'none' } } }] }),
    '[lab/prod] Talos 1.13 knows no cluster.cni; use one of acceptedCAs, adminKubeconfig, aescbcEncryptionSecret, aggregatorCA, allowSchedulingOnControlPlanes, apiServer, ca, clusterName, controlPlane, controllerManager, coreDNS, discovery, etcd, externalCloudProvider, extraManifestHeaders, extraManifests, id, inlineManifests, network, proxy, scheduler, secret, secretboxEncryptionSecret, serviceAccount, token (TALOS_PATCH_KEY)',
  ],
  [
    'a patch with a secret',
    () => ({ patches: [{ config: { cluster: { token: 'abc' } } }] }),
    '[lab/prod] a patch sets cluster.token, which is a secret of the cluster; leave it out: it comes from the secrets of the cluster (TALOS_PATCH_SECRET)',
  ],
  [
    'a patch that logs in to a registry',
    () => ({ patches: [{ config: { apiVersion: 'v1alpha1', kind: 'RegistryAuthConfig' } }] }),
    '[lab/prod] a patch has a RegistryAuthConfig, whose secret would be committed; keep it out of the program: put it in when the machines are configured, with a patch of your own (TALOS_PATCH_SECRET)',
  ],
  [
    'a patch of a kind that there is not',
    () => ({ patches: [{ config: { apiVersion: 'v1alpha1', kind: 'StaticAddress' } }] }),
    "[lab/prod] Talos 1.13 has no document StaticAddress of v1alpha1; write apiVersion: 'v1alpha1' and one of the kinds of its reference, see https://docs.siderolabs.com/talos/v1.13/reference/configuration/overview (TALOS_PATCH_KIND)",
  ],
  [
    'a patch of a kind of a later minor',
    () => ({ talos: Version.of('v1.12.11'), patches: [{ config: { apiVersion: 'v1alpha1', kind: 'VRFConfig', name: 'blue' } }] }),
    "[lab/prod] Talos 1.12 has no document VRFConfig of v1alpha1, it came with 1.13; write apiVersion: 'v1alpha1' and one of the kinds of its reference, see https://docs.siderolabs.com/talos/v1.12/reference/configuration/overview (TALOS_PATCH_KIND)",
  ],
  [
    'a patch for a machine of others',
    ({ guests }) => ({ workers: [], patches: [{ config: { machine: {} }, nodes: guests.slice(4) }] }),
    '[lab/prod] a patch is for lab/vm-worker-2, which is no machine of this cluster; list it among controlPlanes or workers, or leave it out of the patch (TALOS_PATCH_NODE)',
  ],
  [
    'a Talos that runs and is newer',
    () => ({ running: { talos: Version.of('v1.14.0') } }),
    '[lab/prod] Talos v1.14.0 runs, and v1.13.9 is declared: what the newer one wrote, the older may not read; declare v1.14.0 or a later one (TALOS_DOWNGRADE)',
  ],
  [
    'a Kubernetes that runs and is newer',
    () => ({ running: { kubernetes: Version.of('1.35.2') } }),
    '[lab/prod] Kubernetes 1.35.2 runs, and 1.35.0 is declared: what the newer one wrote, the older may not read; declare 1.35.2 or a later one (TALOS_DOWNGRADE)',
  ],
  [
    'a Talos that runs and is too old',
    () => ({ running: { talos: Version.of('v1.7.0') } }),
    '[lab/prod] running.talos is v1.7.0, and the way is known from 1.10, 1.11, 1.12, 1.13 only; upgrade to one of them first, see https://docs.siderolabs.com/talos/v1.13/configure-your-talos-cluster/lifecycle-management/upgrading-talos (TALOS_RUNNING)',
  ],
  [
    'a Kubernetes that runs and that no Talos on the way runs',
    () => ({ running: { talos: Version.of('v1.12.11'), kubernetes: Version.of('1.27.3') } }),
    '[lab/prod] no release of Talos runs both Kubernetes 1.27.3 and what comes after it, on the way from Talos v1.12.11 to v1.13.9; check the versions in running, see https://docs.siderolabs.com/talos/v1.13/getting-started/support-matrix (TALOS_RUNNING)',
  ],
  [
    'a machine that is a name',
    () => any({ workers: ['worker-1'] }),
    '[lab/prod] a machine of a cluster must be an instance, got "worker-1"; pass the virtual machine, or the machine, itself (PROP_TYPE)',
  ],
  [
    'a time server that is an address of the web',
    () => ({ timeServers: ['https://ntp.lab.example.net'] }),
    '[lab/prod] timeServers must be names or addresses, got "https://ntp.lab.example.net"; write it like ntp.lab.example.net (PROP_FORMAT)',
  ],
  [
    'a resolver that is a name',
    () => ({ nameservers: ['dns.lab.example.net'] }),
    '[lab/prod] nameservers must be addresses, got "dns.lab.example.net"; write it like 10.20.0.1 (PROP_FORMAT)',
  ],
  [
    'a mirror without scheme',
    () => ({ registryMirrors: { 'docker.io': ['mirror.lab.example.net'] } }),
    "[lab/prod] registryMirrors has mirror.lab.example.net, and maps names of registries to URLs of mirrors; write { 'docker.io': ['https://mirror.lab.example.net'] }, see https://docs.siderolabs.com/talos/v1.13/reference/configuration/cri/registrymirrorconfig (TALOS_MIRROR)",
  ],
  [
    'a registry that is an address of the web',
    () => ({ registryMirrors: { 'https://docker.io': ['https://mirror.lab.example.net'] } }),
    "[lab/prod] registryMirrors has https://docker.io, and maps names of registries to URLs of mirrors; write { 'docker.io': ['https://mirror.lab.example.net'] }, see https://docs.siderolabs.com/talos/v1.13/reference/configuration/cri/registrymirrorconfig (TALOS_MIRROR)",
  ],
  [
    'a version that runs and is text',
    () => any({ running: { talos: 'v1.12.4' } }),
    '[lab/prod] running.talos must be a Version, got "v1.12.4"; write running.talos: Version.of(\'v1.12.11\') (PROP_TYPE)',
  ],
])('%s is refused', (_, overrides, message) => {
  expect(() => lab(overrides).talos()).toThrow(new Error(message));
});
