// The plugin of serverless.yml: the framework requires this file, and Node reads the TypeScript behind it.
export { createDeployGuard as 'module.exports' } from './deploy-guard.ts';
