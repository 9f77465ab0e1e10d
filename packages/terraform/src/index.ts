export * from './render-stack';
export * from './secret-variable';
export * from './terraform-workspace';
export { workspacesOf } from './workspaces-of';
