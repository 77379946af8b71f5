import { RedshiftDataClient } from '@aws-sdk/client-redshift-data';
import { systemClock } from '../../../clock.ts';
import { localClientConfig } from '../../../local-stage/local-client-config.ts';
import { LOCAL_CLUSTER, LOCAL_DATABASE } from '../../../local-stage/local-stage.ts';
import { effectiveStatements, readWrittenRows } from '../../../report/read/read-written-rows.ts';
import type { ReadWritten } from './run-display.ts';

/** Asks a local stack's warehouse for the rows that steps wrote, as the user who ran them. */
export function createWrittenReader(url: string): { readonly readWritten: ReadWritten; close(): void } {
  const api = new RedshiftDataClient(localClientConfig(url));
  const target = { clusterIdentifier: LOCAL_CLUSTER, database: LOCAL_DATABASE, dbUser: 'runtime' };
  return {
    readWritten: async (step) => {
      const statements = effectiveStatements({ steps: [step] });
      const written = await readWrittenRows({ api, target, clock: systemClock }, statements);
      return written.get(step.name) ?? [];
    },
    close: () => api.destroy(),
  };
}
