/** API groups of kinds that Harvester brings. @see https://docs.harvesterhci.io/v1.7/api/ */
export const API_GROUPS = [
  'cdi.kubevirt.io',
  'harvesterhci.io',
  'k8s.cni.cncf.io',
  'kubevirt.io',
  'longhorn.io',
  'network.harvesterhci.io',
  'snapshot.storage.k8s.io',
  'upgrade.cattle.io',
];
