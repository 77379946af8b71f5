import { once } from 'node:events';
import { Agent, request as httpRequest } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { ExecuteStatementCommand } from '@aws-sdk/client-redshift-data';
import type { Findings, Measuring, Subject } from '../subject.ts';
import { readAddress, residentMb, startCommand } from './command.ts';
import { serveWorld, timed } from './served-world.ts';

const CONNECTIONS = 16;
const REQUESTS = 4_000;
const STARTS = 3;
const ROWS = 1_000_000;
const LOOK_MS = 100;

/** What `npm start` took from the beginning of its process to the end. */
export interface Started {
  readonly seconds: number;
  /** Most memory of its process, in MB, without PostgreSQL. */
  readonly peakMb: number;
}

/** Runs `npm start`, and looks at its memory all the while. */
export async function measureStart(args: readonly string[], signal: AbortSignal): Promise<Started> {
  let peakMb = 0;
  const ms = await timed(async () => {
    const child = startCommand('start.ts', args, signal);
    child.stdout?.resume();
    const ended = once(child, 'exit');
    while (child.exitCode === null && child.signalCode === null) {
      await Promise.race([ended, pause(LOOK_MS)]);
      peakMb = Math.max(peakMb, await residentMb(child));
    }
    const [code] = await ended;
    if (code !== 0) throw new Error(`npm start -- ${args.join(' ')} ended with ${code}`);
  });
  return { seconds: ms / 1000, peakMb };
}

/** Seconds until `npm run local` says where it is to be reached; then it is stopped. */
async function secondsToLocal(signal: AbortSignal): Promise<number> {
  const child = startCommand('local.ts', ['--port', '0'], signal);
  const exited = once(child, 'exit');
  const ms = await timed(() => readAddress(child));
  child.kill('SIGINT');
  await exited;
  return ms / 1000;
}

/** Answers a second of the endpoint to a client that does nothing but HTTP. */
async function measureEndpoint(): Promise<number> {
  const { client, url, close } = await serveWorld(0);
  const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });
  const { Id } = await client.send(
    new ExecuteStatementCommand({
      ...{ ClusterIdentifier: 'redshiftcluster-abcd', Database: 'dev', Sql: 'SELECT 1', WaitTimeSeconds: 1 },
    }),
  );
  const headers = {
    'content-type': 'application/x-amz-json-1.1',
    'x-amz-target': 'RedshiftData.DescribeStatement',
  };
  const describe = () =>
    new Promise<void>((resolve, reject) => {
      httpRequest(url, { method: 'POST', agent, headers }, (answer) => answer.resume().on('end', resolve))
        .on('error', reject)
        .end(JSON.stringify({ Id }));
    });
  const inTurn = async () => {
    for (let request = 0; request < REQUESTS / CONNECTIONS; request += 1) await describe();
  };
  const round = () => timed(() => Promise.all(Array.from({ length: CONNECTIONS }, inTurn)));
  await round();
  const ms = Math.min(await round(), await round(), await round());
  agent.destroy();
  await close();
  return REQUESTS / (ms / 1000);
}

async function measure({ signal, tell }: Measuring): Promise<Findings> {
  tell('the endpoint');
  const perSecond = await measureEndpoint();
  const starts: Started[] = [];
  for (let start = 0; start < STARTS; start += 1) {
    tell('npm start');
    starts.push(await measureStart([], signal));
  }
  tell('npm run local');
  const local = Math.min(await secondsToLocal(signal), await secondsToLocal(signal));
  tell(`npm start -- --rows ${ROWS}`);
  const rows = await measureStart(['--rows', String(ROWS)], signal);
  return {
    figures: [
      {
        what: 'npm start, warm',
        ...{
          ours: Math.min(...starts.map(({ seconds }) => seconds)),
          unit: 's',
          bar: { most: 3 },
          kind: 'clock',
        },
      },
      {
        what: 'npm run local, warm, until it is ready',
        ours: local,
        unit: 's',
        bar: { most: 2 },
        kind: 'clock',
      },
      {
        what: 'npm start with a million rows',
        ...{ ours: rows.seconds, unit: 's', bar: { most: 10 }, kind: 'clock' },
      },
      {
        what: 'memory of npm start with a million rows, without PostgreSQL',
        ...{ ours: rows.peakMb, unit: 'MB', kind: 'clock' },
      },
      {
        what: `DescribeStatement a second, raw client in the same process, ${CONNECTIONS} connections`,
        ...{ ours: perSecond, unit: '', bar: { least: 2_000 }, kind: 'clock' },
      },
    ],
    tables: [],
  };
}

export const local: Subject = {
  name: 'local',
  title: 'On a laptop',
  about: 'On the wall clock; the commands as processes of their own, the shortest of three.',
  measure,
};
