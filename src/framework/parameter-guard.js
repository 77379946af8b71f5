// The plugin of serverless.yml: the framework requires this file, and Node reads the TypeScript behind it.
export { createParameterGuard as 'module.exports' } from './parameter-guard.ts';
