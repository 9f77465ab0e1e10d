export * from './node-pool/aws/aws-cloud';
export * from './node-pool/aws/aws-state';
