import { readDeployedFunctions } from '../../local-stage/deployed-functions.ts';

/** Seconds that serverless.yml gives each function, by its name. */
export const DEPLOYED_TIMEOUTS: ReadonlyMap<string, number> = new Map(
  readDeployedFunctions().map(({ name, timeoutSeconds = 3 }) => [name, timeoutSeconds]),
);
