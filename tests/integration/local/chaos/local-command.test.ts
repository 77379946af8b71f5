import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { CHAOS_KIND_NAMES } from '../../../../src/local/chaos/kinds.ts';

const root = fileURLToPath(new URL('../../../../', import.meta.url));

/** Runs `npm run local` with these flags. `stopWhenReady` ends it by SIGTERM as soon as it is up. */
async function runLocal(flags: readonly string[], stopWhenReady = false) {
  const child = spawn(process.execPath, ['src/cli/local.ts', '--port', '0', ...flags], { cwd: root });
  let [output, errors] = ['', ''];
  createInterface({ input: child.stdout }).on('line', (line) => {
    output += `${line}\n`;
    if (stopWhenReady && line.startsWith('ready ')) child.kill('SIGTERM');
  });
  child.stderr.on('data', (data) => {
    errors += data;
  });
  const [code] = await once(child, 'close');
  return { code, output, errors };
}

describe('npm run local --chaos', () => {
  it('lists the kinds of fault in its help', async () => {
    const { output } = await runLocal(['--help']);

    for (const kind of CHAOS_KIND_NAMES) expect(output).toContain(`\n  ${kind} `);
  });

  it('refuses a kind that there is not, and lists those that there are', async () => {
    const { code, errors } = await runLocal(['--chaos-only', 'lost-event,gone']);

    expect(code).toBe(1);
    expect(errors).toContain(`there is no kind "gone"; there are: ${CHAOS_KIND_NAMES.join(', ')}`);
  });

  it.each(['1.1', '-1', 'much'])('refuses the rate %s', async (rate) => {
    const { code, errors } = await runLocal([`--chaos=${rate}`]);

    expect(code).toBe(1);
    expect(errors).toContain('must be a number from 0 to 1');
  });

  it('sums up when it ends, and says nothing of faults when none were asked for', async () => {
    const disturbed = await runLocal(['--chaos', '0.5', '--seed', '3'], true);
    const plain = await runLocal([], true);

    expect(disturbed.errors).toMatch(/^chaos: \d+ faults?/m);
    expect(plain.errors).not.toContain('chaos');
  });
});
