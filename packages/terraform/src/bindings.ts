export * from './bindings/bound-data-source';
export * from './bindings/bound-provider';
export * from './bindings/bound-resource';
export * from './bindings/deferred';
export { type AttributeFacts, camelCase, type Facts, type NestedFacts } from './bindings/facts';
export type { DataMetaArguments } from './bindings/meta-arguments';
export type { ProviderFacts } from './bindings/provider-facts';
export { BoundSchema } from './bindings/schema';
