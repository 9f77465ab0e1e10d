/**
 * What the configuration of a machine has, by minor of Talos. Only differences are said twice.
 * @see https://docs.siderolabs.com/talos/v1.13/reference/configuration/overview
 */
const KEYS = {
  machine: {
    all: `acceptedCAs baseRuntimeSpecOverrides ca certSANs controlPlane features files install kernel kubelet logging nodeAnnotations nodeLabels
nodeTaints pods seccompProfiles sysctls sysfs token type udev`,
    '1.12': 'env network',
    '1.13': '',
  },
  cluster: {
    all: `acceptedCAs adminKubeconfig aescbcEncryptionSecret aggregatorCA allowSchedulingOnControlPlanes apiServer ca clusterName controlPlane
controllerManager coreDNS discovery etcd externalCloudProvider extraManifestHeaders extraManifests id inlineManifests network proxy scheduler
secret secretboxEncryptionSecret serviceAccount token`,
    '1.12': '',
    '1.13': '',
  },
  kind: {
    all: `BondConfig BridgeConfig DHCPv4Config DHCPv6Config DummyLinkConfig EthernetConfig EventSinkConfig ExistingVolumeConfig
ExtensionServiceConfig HCloudVIPConfig HostnameConfig KmsgLogConfig KubeSpanEndpoints Layer2VIPConfig LinkAliasConfig LinkConfig
NetworkDefaultActionConfig NetworkRuleConfig OOMConfig PCIDriverRebindConfig RawVolumeConfig RegistryAuthConfig RegistryMirrorConfig
RegistryTLSConfig ResolverConfig SideroLinkConfig StaticHostConfig SwapVolumeConfig TimeSyncConfig TrustedRootsConfig UserVolumeConfig
VLANConfig VolumeConfig WatchdogTimerConfig WireguardConfig ZswapConfig`,
    '1.12': '',
    '1.13': 'BlackholeRouteConfig EnvironmentConfig ExternalVolumeConfig KubeSpanConfig RoutingRuleConfig TCPProbeConfig VRFConfig',
  },
} as const;

/** Of a machine configuration, what a patch must not say, because it is in the secrets of the cluster. */
export const SECRET_KEYS: Readonly<Record<'machine' | 'cluster', readonly string[]>> = {
  machine: ['ca', 'token'],
  cluster: ['aescbcEncryptionSecret', 'aggregatorCA', 'ca', 'id', 'secret', 'secretboxEncryptionSecret', 'serviceAccount', 'token'],
};

/** Documents that hold a secret in plain text. */
export const SECRET_KINDS: readonly string[] = ['RegistryAuthConfig', 'WireguardConfig'];

/** Keys of a section, or kinds of documents, that a minor of Talos knows, sorted. */
export function keysOf(of: keyof typeof KEYS, minor: string): readonly string[] {
  const known: Readonly<Record<string, string>> = KEYS[of];
  return `${known.all} ${known[minor] ?? ''}`.split(/\s+/).filter(Boolean).sort();
}
