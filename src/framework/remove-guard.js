// The plugin of serverless.yml: the framework requires this file, and Node reads the TypeScript behind it.
export { removeGuard as 'module.exports' } from './remove-guard.ts';
