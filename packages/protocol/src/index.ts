export * from './membership.js';
export * from './subjects.js';
export * from './tasks.js';
export * from './tensors.js';
export * from './work.js';
