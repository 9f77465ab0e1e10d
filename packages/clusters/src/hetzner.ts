export * from './node-pool/hetzner/hetzner-cloud';
export * from './node-pool/hetzner/hetzner-load-balancer';
export * from './node-pool/hetzner/hetzner-state';
