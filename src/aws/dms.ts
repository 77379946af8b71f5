import { DatabaseMigrationServiceClient } from '@aws-sdk/client-database-migration-service';
import type { Dms } from '../loads/describe-task.ts';
import { requestHandler } from './request-handler.ts';

const REQUEST_TIMEOUT_MS = 10_000;

export function createDms(): Dms {
  return new DatabaseMigrationServiceClient({ requestHandler: requestHandler(REQUEST_TIMEOUT_MS) });
}
