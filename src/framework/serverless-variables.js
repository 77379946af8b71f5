// What serverless.yml takes from parameters and pipelines: the framework imports this file, and Node reads the
// TypeScript behind it.
export { stage } from './serverless-variables.ts';
