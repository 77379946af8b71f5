import { DatabaseMigrationServiceClient } from '@aws-sdk/client-database-migration-service';
import { RedshiftDataClient } from '@aws-sdk/client-redshift-data';
import type { Pipeline } from '../../definition/pipeline.ts';
import { localClientConfig } from '../../local-stage/local-client-config.ts';
import { LOCAL_CLUSTER, LOCAL_DATABASE, localTaskArn } from '../../local-stage/local-stage.ts';
import type { Finding } from '../../preflight/finding.ts';
import { preflight } from '../../preflight/preflight.ts';
import { preflightSources } from './preflight-sources.ts';

const USERS = { owner: 'owner', runtime: 'runtime', dms: 'dms' };

/** Looks at the warehouse and the DMS of a local stack before a pipeline's load. Changes nothing. */
export async function checkLocally(
  url: string,
  pipeline: Pipeline,
  allPipelines: readonly Pipeline[],
): Promise<readonly Finding[]> {
  const api = new RedshiftDataClient(localClientConfig(url));
  const dms = new DatabaseMigrationServiceClient(localClientConfig(url));
  const place = { clusterIdentifier: LOCAL_CLUSTER, database: LOCAL_DATABASE };
  try {
    return await preflight(
      preflightSources({
        ...{ pipelines: [pipeline], allPipelines, api, dms, users: USERS, migrate: 'npm start' },
        taskArns: Object.fromEntries(pipeline.tasks.map((task) => [task, localTaskArn(task)])),
        target: { ...place, dbUser: 'runtime' },
        ownerTarget: () => ({ ...place, dbUser: 'owner' }),
      }),
    );
  } finally {
    api.destroy();
    dms.destroy();
  }
}
