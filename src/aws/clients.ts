import { DatabaseMigrationServiceClient } from '@aws-sdk/client-database-migration-service';
import { RedshiftDataClient } from '@aws-sdk/client-redshift-data';
import { SFNClient } from '@aws-sdk/client-sfn';
import type { Dms } from '../loads/current-load.ts';
import type { StepFunctions } from '../runs/start-execution.ts';
import type { DataApi } from '../statements/describe.ts';

/** Must exceed the longest long poll, 30 s, by the time an answer takes to travel. */
const DATA_API_TIMEOUT_MS = 40_000;
const CONNECTION_TIMEOUT_MS = 3_000;
const REQUEST_TIMEOUT_MS = 10_000;

/** By default the SDK only warns when a request takes too long; a Lambda would hang on it until its own end. */
function requestHandler(requestTimeout: number) {
  return { requestTimeout, throwOnRequestTimeout: true, connectionTimeout: CONNECTION_TIMEOUT_MS };
}

export function createDataApi(): DataApi {
  return new RedshiftDataClient({ requestHandler: requestHandler(DATA_API_TIMEOUT_MS) });
}

export function createDms(): Dms {
  return new DatabaseMigrationServiceClient({ requestHandler: requestHandler(REQUEST_TIMEOUT_MS) });
}

export function createStepFunctions(): StepFunctions {
  return new SFNClient({ requestHandler: requestHandler(REQUEST_TIMEOUT_MS) });
}
