// The plugin of serverless.yml: the framework requires this file, and Node reads the TypeScript behind it.
export { definitionUpload as 'module.exports' } from './definition-upload.ts';
