import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { Client } from 'pg';
import { describe, expect, it, vi } from 'vitest';
import { createWarehouse } from '../../../../src/local/warehouse/create-warehouse.ts';
import { chooseAccount } from '../../../../src/local/warehouse/server/account.ts';
import { sweepLeftovers } from '../../../../src/local/warehouse/server/run-folder.ts';
import { children, folders, makeFolder } from './server-processes.ts';

interface Holder {
  readonly child: ChildProcess;
  readonly folder: string;
  readonly pid: number;
  nextLine(): Promise<string>;
}

/** Starts hold-warehouse.ts as the leader of a process group of its own. */
async function startHolder(): Promise<Holder> {
  const script = new URL('hold-warehouse.ts', import.meta.url).pathname;
  const child = spawn(process.execPath, [script], { detached: true, stdio: ['ignore', 'pipe', 'inherit'] });
  children.push(child);
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const nextLine = async () => String((await lines.next()).value);
  return { child, nextLine, ...(JSON.parse(await nextLine()) as { folder: string; pid: number }) };
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

const untilGone = ({ folder, pid }: Pick<Holder, 'folder' | 'pid'>) =>
  expect.poll(() => [existsSync(folder), isAlive(pid)]).toEqual([false, false]);

function parentOf(pid: number): number {
  const parent = existsSync('/proc/self/status')
    ? /^PPid:\s*(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]
    : execFileSync('ps', ['-o', 'ppid=', '-p', String(pid)], { encoding: 'utf8' });
  return Number(parent);
}

const serverOf = (folder: string) =>
  Number(readFileSync(join(folder, 'data/postmaster.pid'), 'utf8').split('\n')[0]);

/** Kills the guardian of a run folder's server, its parent's parent; gives back the server's process id. */
function killGuardian(folder: string): number {
  const server = serverOf(folder);
  process.kill(parentOf(parentOf(server)), 'SIGKILL');
  return server;
}

function openToAll(folder: string): void {
  chmodSync(folder, 0o777);
}

describe('a server', () => {
  it('leaves nothing behind when its process is killed', async () => {
    const holder = await startHolder();
    expect([existsSync(holder.folder), isAlive(holder.pid)]).toEqual([true, true]);

    holder.child.kill('SIGKILL');

    await untilGone(holder);
  });

  it('is swept by the next start when its guardian was killed, too', async () => {
    const holder = await startHolder();
    const pid = killGuardian(holder.folder);
    const ended = once(holder.child, 'exit');
    holder.child.kill('SIGKILL');
    await ended;
    expect([existsSync(holder.folder), isAlive(pid)]).toEqual([true, true]);

    sweepLeftovers(chooseAccount());

    await untilGone({ folder: holder.folder, pid });
  });

  it('is removed by its own process when its guardian was killed', async () => {
    const warehouse = await createWarehouse();
    const { host } = await warehouse.connection('dev', 'owner');
    const pid = killGuardian(host);

    await warehouse.close();

    await untilGone({ folder: host, pid });
  });

  it('outlives an interrupt from the terminal, so that its process can end in order', async () => {
    const holder = await startHolder();

    process.kill(-Number(holder.child.pid), 'SIGINT');

    expect(JSON.parse(await holder.nextLine())).toEqual({ answer: [['0']] });
    await untilGone(holder);
  });

  it.each([
    ['the server itself', 'while nothing runs', (folder: string, _pid: number) => serverOf(folder)],
    ['one of its processes', 'while nothing runs', (_folder: string, pid: number) => pid],
    ['the server itself', 'during a statement', (folder: string, _pid: number) => serverOf(folder)],
    ['one of its processes', 'during a statement', (_folder: string, pid: number) => pid],
  ])('is lost, and said to be, when %s was killed %s', async (_who, when, choose) => {
    const warehouse = await createWarehouse();
    const { host } = await warehouse.connection('dev', 'owner');
    const session = await warehouse.open('dev', 'owner');
    const pid = serverOf(host);
    const running =
      when === 'during a statement' ? session.execute('SELECT pg_sleep(600)') : Promise.resolve();
    const failed = Promise.allSettled([running]);

    process.kill(choose(host, session.pid), 'SIGKILL');

    expect(await warehouse.lost).toMatchObject({
      problem: 'server-lost',
      message: expect.stringMatching(/has ended by itself, and what it held is gone: start again/),
    });
    await failed;
    await warehouse.close();
    await untilGone({ folder: host, pid });
  });

  it('is not lost when it is closed', async () => {
    const warehouse = await createWarehouse();
    const lost = vi.fn();
    void warehouse.lost.then(lost);

    await warehouse.close();

    expect(lost).not.toHaveBeenCalled();
  });

  it('is gone with its folder when the warehouse has been closed', async () => {
    const warehouse = await createWarehouse();
    const { host } = await warehouse.connection('dev', 'owner');

    await warehouse.close();

    expect(existsSync(host)).toBe(false);
  });

  it('lets nobody in without the password', async () => {
    const warehouse = await createWarehouse();
    const { password, ...rest } = await warehouse.connection('dev', 'owner');

    for (const user of ['owner', 'elt_admin']) {
      const client = new Client({ ...rest, user, password: 'guessed', ssl: false });
      await expect(client.connect()).rejects.toThrow(`password authentication failed for user "${user}"`);
    }
    expect(password).toMatch(/^[0-9a-f]{48}$/);
    await warehouse.close();
  });

  it('listens on loopback where the folder’s path is too long for a socket', async () => {
    const long = join(makeFolder('elt-test-'), 'x'.repeat(90));
    mkdirSync(long);
    for (const folder of folders) openToAll(folder);
    openToAll(long);
    vi.stubEnv('TMPDIR', long);

    const warehouse = await createWarehouse();
    const session = await warehouse.open('dev', 'owner');

    expect((await warehouse.connection('dev', 'owner')).host).toBe('127.0.0.1');
    expect((await session.execute('SELECT 1')).rows).toEqual([['1']]);
    await warehouse.close();
    expect(readdirSync(long)).toEqual([]);
  });
});
