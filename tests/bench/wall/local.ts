import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { Agent, request as httpRequest } from 'node:http';
import { fileURLToPath } from 'node:url';
import { ExecuteStatementCommand } from '@aws-sdk/client-redshift-data';
import type { Findings, Measuring, Subject } from '../subject.ts';
import { serveWorld, timed } from './served-world.ts';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const CONNECTIONS = 16;
const REQUESTS = 4_000;
const STARTS = 3;
const ROWS = 1_000_000;

/** Starts a command of the project as its npm script does. */
function command(file: string, args: readonly string[], signal: AbortSignal): ChildProcess {
  return spawn(process.execPath, [`src/cli/${file}`, ...args], {
    ...{ cwd: ROOT, signal, killSignal: 'SIGINT' },
    stdio: ['ignore', 'pipe', 'ignore'],
    env: { ...process.env, NODE_COMPILE_CACHE: `${ROOT}node_modules/.cache/node-compile` },
  });
}

/** Seconds that `npm start` takes from the beginning of its process to the end. */
async function secondsToStart(args: readonly string[], signal: AbortSignal): Promise<number> {
  const ms = await timed(async () => {
    const child = command('start.ts', args, signal);
    child.stdout?.resume();
    const [code] = await once(child, 'exit');
    if (code !== 0) throw new Error(`npm start -- ${args.join(' ')} ended with ${code}`);
  });
  return ms / 1000;
}

/** Seconds until `npm run local` says where it is to be reached; then it is stopped. */
async function secondsToLocal(signal: AbortSignal): Promise<number> {
  const child = command('local.ts', ['--port', '0'], signal);
  const ms = await timed(async () => {
    for await (const chunk of child.stdout ?? []) if (/http:\/\/127\.0\.0\.1:\d+/.test(String(chunk))) break;
  });
  const exited = child.exitCode === null ? once(child, 'exit') : undefined;
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
  const starts: number[] = [];
  for (let start = 0; start < STARTS; start += 1) {
    tell('npm start');
    starts.push(await secondsToStart([], signal));
  }
  tell('npm run local');
  const local = Math.min(await secondsToLocal(signal), await secondsToLocal(signal));
  tell(`npm start -- --rows ${ROWS}`);
  const rows = await secondsToStart(['--rows', String(ROWS)], signal);
  return {
    figures: [
      { what: 'npm start, warm', ours: Math.min(...starts), unit: 's', bar: { most: 3 }, kind: 'clock' },
      {
        what: 'npm run local, warm, until it is ready',
        ours: local,
        unit: 's',
        bar: { most: 2 },
        kind: 'clock',
      },
      { what: 'npm start with a million rows', ours: rows, unit: 's', bar: { most: 10 }, kind: 'clock' },
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
