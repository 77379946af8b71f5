import { type ChildProcess, execFile } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import {
  DatabaseMigrationServiceClient,
  DescribeReplicationTasksCommand,
  StartReplicationTaskCommand,
} from '@aws-sdk/client-database-migration-service';
import { ListExecutionsCommand, SFNClient } from '@aws-sdk/client-sfn';
import { localClientConfig } from '../../../src/local-stage/local-client-config.ts';
import { localMachineArn, localTaskArn } from '../../../src/local-stage/local-stage.ts';
import { pipelines } from '../../../src/pipelines/index.ts';
import { shownNumber } from '../render.ts';
import type { Findings, Measuring, Subject } from '../subject.ts';
import { readAddress, residentMb, startCommand } from './command.ts';

/** Of a day with one every minute. */
const LOADS = 1_440;
const SAMPLES = 12;
const LOOK_MS = 50;
/** As `npm run local` starts its process. */
const FLAGS = ['--max-semi-space-size=2', '--optimize-for-size'];
/** What is kept at most is there by then. */
const FULL = 2 / 3;
const MOST_GROWTH = 1.1;

/** What `npm run local` takes after some loads, in MB. */
interface DaySample {
  readonly loads: number;
  readonly memory: number;
  readonly disk: number;
}

async function sampleOf(loads: number, child: ChildProcess, folder: string): Promise<DaySample> {
  const { stdout } = await promisify(execFile)('du', ['-sk', folder]);
  return { loads, memory: await residentMb(child), disk: Number.parseInt(stdout, 10) / 1024 };
}

/** Loads the first pipeline's tables again and again, as soon as the run of the last load has ended. */
async function measureLoads(count: number, { signal, tell }: Measuring): Promise<readonly DaySample[]> {
  const folder = await mkdtemp(join(tmpdir(), 'elt-day-'));
  // PostgreSQL runs as another user where root starts it.
  await chmod(folder, 0o755);
  const child = startCommand('local.ts', ['--port', '0'], signal, { flags: FLAGS, folder });
  const exited = once(child, 'exit');
  try {
    const load = createLoader(await readAddress(child));
    child.stdout?.resume();
    const samples: DaySample[] = [];
    for (let loads = 1; loads <= count; loads += 1) {
      await load(loads === 1, signal);
      if (loads % Math.ceil(count / SAMPLES) !== 0) continue;
      const sample = await sampleOf(loads, child, folder);
      samples.push(sample);
      tell(
        `${loads} loads: ${shownNumber(sample.memory)} MB of memory, ${shownNumber(sample.disk)} MB of disk`,
      );
    }
    return samples;
  } finally {
    child.kill('SIGINT');
    await exited;
    await rm(folder, { recursive: true, force: true });
  }
}

function createLoader(url: string) {
  const [pipeline] = pipelines;
  const dms = new DatabaseMigrationServiceClient(localClientConfig(url));
  const sfn = new SFNClient(localClientConfig(url));
  const newest = async () => {
    const stateMachineArn = localMachineArn(pipeline?.name ?? '');
    const { executions = [] } = await sfn.send(new ListExecutionsCommand({ stateMachineArn, maxResults: 1 }));
    return executions[0];
  };
  return async (isFirst: boolean, signal: AbortSignal) => {
    const before = (await newest())?.executionArn;
    const StartReplicationTaskType = isFirst ? 'start-replication' : 'reload-target';
    for (const ReplicationTaskArn of (pipeline?.tasks ?? []).map(localTaskArn)) {
      await dms.send(new StartReplicationTaskCommand({ ReplicationTaskArn, StartReplicationTaskType }));
      await untilStopped(dms, ReplicationTaskArn, signal);
    }
    for (;;) {
      const run = await newest();
      if (run?.executionArn !== before && run?.status !== 'RUNNING') {
        if (run?.status === 'SUCCEEDED') return;
        throw new Error(`a run has ended as ${run?.status}`);
      }
      await pause(LOOK_MS, undefined, { signal });
    }
  };
}

async function untilStopped(
  dms: DatabaseMigrationServiceClient,
  arn: string,
  signal: AbortSignal,
): Promise<void> {
  for (;;) {
    const Filters = [{ Name: 'replication-task-arn', Values: [arn] }];
    const { ReplicationTasks = [] } = await dms.send(new DescribeReplicationTasksCommand({ Filters }));
    if (ReplicationTasks[0]?.Status === 'stopped') return;
    await pause(LOOK_MS, undefined, { signal });
  }
}

async function measure(measuring: Measuring): Promise<Findings> {
  const samples = await measureLoads(LOADS, measuring);
  const last = samples.at(-1) as DaySample;
  const full = samples.find(({ loads }) => loads >= LOADS * FULL) as DaySample;
  const growth = (what: 'memory' | 'disk') => ({
    what: `${what} after ${LOADS} loads, beside that after ${full.loads}`,
    ...{ ours: last[what] / full[what], unit: '×', bar: { most: MOST_GROWTH }, kind: 'ratio' as const },
  });
  return {
    figures: [growth('memory'), growth('disk')],
    tables: [
      {
        title: 'As the day goes on',
        columns: ['loads', 'memory, MB', 'disk, MB'],
        rows: samples.map(({ loads, memory, disk }) => [
          String(loads),
          shownNumber(memory),
          shownNumber(disk),
        ]),
      },
    ],
  };
}

export const day: Subject = {
  name: 'day',
  title: 'A day of npm run local',
  about: `On the wall clock, a load and its run one after the other, as many as a day has minutes. Memory is that of the process without PostgreSQL; disk is all that it writes.`,
  isLong: true,
  measure,
};
