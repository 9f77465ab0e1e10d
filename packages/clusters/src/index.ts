export * from './k3s-cluster';
export * from './k3s-upgrades';
