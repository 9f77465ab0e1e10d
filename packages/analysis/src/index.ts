export * from './address-book';
export * from './capacity';
export * from './machine-loss';
export * from './rules/disk-overcommitted';
export * from './rules/memory-overcommitted';
export * from './rules/n-plus-one';
export * from './site-report';
