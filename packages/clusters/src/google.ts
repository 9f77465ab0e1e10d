export * from './node-pool/google/google-cloud';
export * from './node-pool/google/google-state';
