export * from './chart-release';
export { clustersOf } from './clusters-of';
export * from './kubernetes-cluster';
export * from './unit';
