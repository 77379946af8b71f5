import { describe, expect, it } from 'vitest';
import { useCommands } from './run-command.ts';

describe('a command that is interrupted', () => {
  const { run, leftBehind } = useCommands();

  it('ends without a trace when nobody reads on', async () => {
    const { child, ended, prints } = run('start');
    await prints('full load of DMS task');

    child.stdout.destroy();
    child.stderr.destroy();

    expect(await ended).toMatchObject({ code: 141 });
    expect(await leftBehind()).toEqual([]);
  });

  it.each(['SIGINT', 'SIGTERM'] as const)('leaves nothing behind after %s', async (signal) => {
    const { child, ended, prints } = run('start', '--rows', '200000');
    await prints('full load of DMS task');

    child.kill(signal);

    const { code, errors } = await ended;
    expect(code).toBe({ SIGINT: 130, SIGTERM: 143 }[signal]);
    expect(errors).toBe(
      `\nstopped: ${{ SIGINT: 'Ctrl-C', SIGTERM: signal }[signal]}\n  no run had started\n`,
    );
    expect(await leftBehind()).toEqual([]);
  });

  it('says which run and step were cancelled, and leaves nothing behind', async () => {
    const { child, ended, prints } = run('start', '--rows', '200000');
    await prints('… Load_Sales_Fact');

    child.kill('SIGINT');

    const { code, errors } = await ended;
    expect(code).toBe(130);
    expect(errors).toMatch(
      /^\nstopped: Ctrl-C\n {2}the run \S+ was cancelled at Load_Sales_Fact(?: \(statement \S+\))?\n$/,
    );
    expect(await leftBehind()).toEqual([]);
  });

  it.each([
    ['soak', ['--loads', '1000'], 'load 1: ', /\nstopped: Ctrl-C, after \d+ of 1000 loads\n/],
    ['simulate', ['--seeds', '100000'], ' worlds, ', /\nstopped: Ctrl-C, after \d+ of 100000 worlds: /],
  ])('says how far it came: %s', async (command, flags, printed, told) => {
    const { child, ended, prints } = run(command, ...flags);
    await prints(printed);

    child.kill('SIGINT');

    const { code, errors } = await ended;
    expect(errors).toMatch(told);
    expect(code).toBe(130);
    expect(await leftBehind()).toEqual([]);
  });

  it('leaves nothing behind after a crash', async () => {
    const { child, prints } = run('local', '--port', '0');
    await prints('ready');
    expect(await leftBehind()).toHaveLength(1);

    child.kill('SIGKILL');

    await expect.poll(leftBehind).toEqual([]);
  });
  it('ends, and leaves nothing behind, when the local stack cannot be made', async () => {
    const { code, errors } = await run('local', '--port', '0', '--fail-table', 'dms_sample.none').ended;

    expect(code).toBe(1);
    expect(errors).toContain('the source has no table "dms_sample.none"');
    expect(await leftBehind()).toEqual([]);
  });
});
