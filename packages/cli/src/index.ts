export * from './dev/developer-sandboxes';
export type { Sandbox, SandboxIndex, SandboxMachine } from './dev/sandbox-index';
