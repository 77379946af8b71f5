import {
  DatabaseMigrationServiceClient,
  StartReplicationTaskCommand,
} from '@aws-sdk/client-database-migration-service';
import { RedshiftDataClient } from '@aws-sdk/client-redshift-data';
import { SFNClient } from '@aws-sdk/client-sfn';
import { systemClock } from '../../src/clock.ts';
import { createBreakage } from '../../src/console/actions/breakage.ts';
import { createConsole } from '../../src/console/console.ts';
import { showStack } from '../../src/console/shown-stack.ts';
import { listExecutions } from '../../src/executions/list-executions.ts';
import { localClientConfig } from '../../src/local-stage/local-client-config.ts';
import { localMachineArn, localTaskArn } from '../../src/local-stage/local-stage.ts';
import { startSampleStack } from '../../src/local-stage/sample-stack.ts';
import { pipelines } from '../../src/pipelines/index.ts';
import { readReport } from '../../src/report/read/read-report.ts';
import type { Report } from '../../src/report/report.ts';
import type { PicturedRuns } from './shown-pages.ts';

/** So many sales that Redshift's part of a run can be seen. */
const ROWS = 400_000;

/** Runs the sample on a local AWS: three loads that go well, and one that fails at an audit. @param show is given the console */
export async function takeRuns(show: (url: string) => Promise<void>): Promise<PicturedRuns> {
  const [pipeline] = pipelines;
  if (pipeline === undefined) throw new Error('src/pipelines/index.ts lists no pipeline');
  const pages = createConsole({ pipelines: [pipeline] });
  const stack = await startSampleStack({
    ...{ port: 0, sample: { kind: 'many', rows: ROWS }, pipelines: [pipeline], pages: pages.pages },
    onNotification: pages.notify,
    onLog: () => {},
  });
  pages.attach(stack);
  const config = localClientConfig(stack.url);
  const clients = { sfn: new SFNClient(config), api: new RedshiftDataClient(config) };
  const dms = new DatabaseMigrationServiceClient(config);
  const load = async (type: 'start-replication' | 'reload-target'): Promise<Report> => {
    const ReplicationTaskArn = localTaskArn(pipeline.tasks[0] ?? '');
    await dms.send(new StartReplicationTaskCommand({ ReplicationTaskArn, StartReplicationTaskType: type }));
    await stack.idle();
    const { value } = await listExecutions(clients.sfn, localMachineArn(pipeline.name)).next();
    await stack.stepFunctions.waitForEnd(value?.arn ?? '');
    await stack.idle();
    const sources = { ...clients, pipelines: [pipeline], clock: systemClock };
    return readReport(sources, value?.arn ?? '');
  };
  try {
    await load('start-replication');
    await load('reload-target');
    const published = await load('reload-target');
    await createBreakage(showStack(stack, [pipeline])).make();
    const failed = await load('reload-target');
    await show(stack.url);
    return { published, failed };
  } finally {
    pages.close();
    await stack.close();
  }
}
