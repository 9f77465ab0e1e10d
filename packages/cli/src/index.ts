export * from './dev/developer-sandboxes';
export type { Sandbox, SandboxIndex, SandboxMachine } from './dev/sandbox-index';
export * from './environment/environment-change';
export * from './estate/isolation';
