export * from './node-pool/azure/azure-cloud';
export * from './node-pool/azure/azure-state';
