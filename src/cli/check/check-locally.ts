import { DatabaseMigrationServiceClient } from '@aws-sdk/client-database-migration-service';
import { RedshiftDataClient } from '@aws-sdk/client-redshift-data';
import type { Pipeline } from '../../definition/pipeline.ts';
import { localClientConfig } from '../../local-stage/local-client-config.ts';
import { LOCAL_CLUSTER, LOCAL_DATABASE, localTaskArn } from '../../local-stage/local-stage.ts';
import { exitCodeOf, type Finding } from '../../preflight/finding.ts';
import { preflight } from '../../preflight/preflight.ts';
import { countFindings, findingLines } from './finding-lines.ts';
import { preflightSources } from './preflight-sources.ts';

const USERS = { owner: 'owner', runtime: 'runtime', dms: 'dms' };

/** What would fail a pipeline's run on a local stack, as lines of text; none where nothing would. */
export async function obstacleLines(
  url: string,
  pipeline: Pipeline,
  allPipelines: readonly Pipeline[],
  columns: number,
): Promise<readonly string[]> {
  const findings = await checkLocally(url, pipeline, allPipelines);
  if (exitCodeOf(findings) !== 1) return [];
  const known = findings.filter(({ severity }) => severity !== 'uncertain');
  return [
    '',
    ...findingLines(known, columns),
    `✗ nothing was loaded: ${countFindings(known)}. Correct the files and start again`,
  ];
}

/** Looks at the warehouse and the DMS of a local stack before a pipeline's load. Changes nothing. */
async function checkLocally(
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
        runsAsSession: false,
      }),
    );
  } finally {
    api.destroy();
    dms.destroy();
  }
}
