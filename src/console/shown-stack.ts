import { DatabaseMigrationServiceClient } from '@aws-sdk/client-database-migration-service';
import { RedshiftDataClient } from '@aws-sdk/client-redshift-data';
import { SFNClient } from '@aws-sdk/client-sfn';
import { type Clock, systemClock } from '../clock.ts';
import type { Pipeline } from '../definition/pipeline.ts';
import { localClientConfig } from '../local-stage/local-client-config.ts';
import type { Stack } from '../local-stage/stack.ts';

/** The running stack, as a person on AWS has it: clients, and what the local AWS shows besides. */
export interface ShownStack {
  readonly stack: Stack;
  readonly pipelines: readonly Pipeline[];
  readonly clock: Clock;
  readonly sfn: SFNClient;
  readonly dms: DatabaseMigrationServiceClient;
  readonly api: RedshiftDataClient;
  close(): void;
}

/** Opens the clients of a stack. */
export function showStack(stack: Stack, pipelines: readonly Pipeline[]): ShownStack {
  const config = localClientConfig(stack.url);
  const clients = {
    sfn: new SFNClient(config),
    dms: new DatabaseMigrationServiceClient(config),
    api: new RedshiftDataClient(config),
  };
  return {
    ...{ stack, pipelines, clock: systemClock },
    ...clients,
    close: () => {
      for (const client of Object.values(clients)) client.destroy();
    },
  };
}
