import { PassThrough } from 'node:stream';
import { RedshiftDataClient } from '@aws-sdk/client-redshift-data';
import { afterEach, describe, expect, it } from 'vitest';
import { createProgressDisplay } from '../../../src/cli/screen/list/progress-display.ts';
import { showLoad } from '../../../src/cli/screen/show-load.ts';
import { collectNews } from '../../../src/cli/screen/stack-news.ts';
import type { Pipeline } from '../../../src/definition/pipeline.ts';
import { localClientConfig } from '../../../src/local-stage/local-client-config.ts';
import { startSampleStack } from '../../../src/local-stage/sample-stack.ts';
import type { Stack } from '../../../src/local-stage/stack.ts';
import { createSqlRunner } from '../../../src/migrations/sql-runner.ts';
import { holdTransaction } from '../../fixtures/held-transaction.ts';
import { branches, branchesMore } from './branch-pipelines.ts';

const START_RUN = new URL('handlers/start-run.ts', import.meta.url);

const procedure = (name: string, body: string) => [
  `CREATE OR REPLACE PROCEDURE dbo.${name}() AS $$ BEGIN ${body} END; $$ LANGUAGE plpgsql`,
  `GRANT EXECUTE ON PROCEDURE dbo.${name}() TO runtime`,
];
const PROCEDURES = [
  'CREATE TABLE dbo.held (id int)',
  'CREATE TABLE dbo.free (id int)',
  'CREATE SCHEMA "other \u001B[2J"',
  'CREATE TABLE "other \u001B[2J".kept (id int)',
  'GRANT SELECT, INSERT, DELETE ON dbo.held, dbo.free TO runtime',
  ...procedure('sp_fine', 'DELETE FROM dbo.free;'),
  ...procedure('sp_half', "COMMIT; RAISE EXCEPTION 'boom after half \u001B[2J\u202E';"),
  ...procedure('sp_waits', 'DELETE FROM dbo.held;'),
];

let stack: Stack;
let release = async () => {};

/** Shows a pipeline's load on a stack with both, as npm start does. */
async function show(pipeline: Pipeline, prepare: (stack: Stack) => Promise<void> = async () => {}) {
  const out = new PassThrough();
  const chunks: Buffer[] = [];
  out.on('data', (chunk: Buffer) => chunks.push(chunk));
  const display = createProgressDisplay(out as unknown as NodeJS.WriteStream, () => performance.now());
  const news = collectNews(pipeline.name, display.sentence);
  const pipelines = [branches, branchesMore];
  stack = await startSampleStack({
    port: 0,
    sample: { kind: 'small' },
    pipelines,
    adaptFunction: (spec) => (spec.name === 'start-run' ? { ...spec, module: START_RUN } : spec),
    ...news,
  });
  const api = new RedshiftDataClient(localClientConfig(stack.url));
  const target = { clusterIdentifier: 'redshiftcluster-abcd', database: 'dev', dbUser: 'owner' };
  await createSqlRunner(api, target).transaction('procedures', PROCEDURES);
  api.destroy();
  await prepare(stack);
  const code = await showLoad({
    stack,
    pipeline,
    pipelines,
    display,
    news,
    hints: ['npm run again'],
    tryNext: ['npm run more'],
  });
  return { code, text: Buffer.concat(chunks).toString() };
}

describe('a pipeline’s run on the screen', () => {
  afterEach(async () => {
    await release();
    release = async () => {};
    await stack.close();
  });

  it('says of branches which one failed, what it stopped, and what each did to production', async () => {
    const { code, text } = await show(branches, async ({ warehouse }) => {
      // What waits for it is running when the run fails.
      const held = await holdTransaction(warehouse, 'LOCK TABLE dbo.held IN ACCESS EXCLUSIVE MODE');
      release = held.commit;
    });

    expect(code).toBe(1);
    expect(text).toMatch(/^✓ Load_First calls dbo\.sp_fine: done \(/m);
    expect(text).toMatch(
      /^✗ Load_Keys calls dbo\.sp_half: StatementFailed \(.* s\)\n(?: {4}.*\n)*? {4}.*boom after half/m,
    );
    expect(text).toMatch(/^– Load_Facts calls dbo\.sp_waits: stopped, because Load_Keys failed \(/m);
    expect(text).toMatch(/^– Load_Last calls dbo\.sp_fine: not run, because Load_Keys failed$/m);
    expect(text).toMatch(/^notification FAILED: load-branches-local at Load_Keys$/m);
    expect(text).toMatch(/^✗ the run FAILED: StatementFailed at Load_Keys$/m);
    expect(text).toMatch(/^ {2}took effect +Load_First$/m);
    expect(text).toMatch(/^ {2}took no effect +Load_Last \(not run\)$/m);
    expect(text).toMatch(/^ {2}uncertain +Load_Keys: its procedure commits by itself/m);
    expect(text).toMatch(/^ {10,}Load_Facts: its statement was cancelled with the run/m);
    expect(text).toMatch(/^ {2}- A procedure or a table is wrong\. .* Then: migrate, redrive\.$/m);
    expect(text).toMatch(/^ {2}npm run again$/m);
    // What comes from outside is shown, and passes no commands.
    expect(text).toContain('boom after half ⟨U+001B⟩[2J⟨U+202E⟩');
    for (const harmful of ['\u001B', '\u202E']) expect(text).not.toContain(harmful);
    // The other pipeline shares a task, and ran beside it.
    expect(text).not.toContain('Load_More');
  });

  it('says that nothing was started, and why, when start-run waits for another task', async () => {
    const { code, text } = await show({ ...branches, tasks: ['task-eu'] });

    expect(code).toBe(1);
    expect(text).toMatch(
      /^✗ the load has ended, but no run was started\n {2}start-run: waiting: .*\n {4}.*task-us/m,
    );
  });

  it('tells who was told of a run that went well', async () => {
    const { code, text } = await show(branchesMore);

    expect(code).toBe(0);
    expect(text).toMatch(/^notification SUCCEEDED: load-branches-local-more-local$/m);
    expect(text).toMatch(/^✓ the run SUCCEEDED$/m);
    // Tables of any schema, but for the orchestrator's own.
    expect(text).toMatch(/^ {2}other ⟨U\+001B⟩\[2j\.kept +0 rows +production$/m);
    expect(text).not.toMatch(/^ {2}elt\./m);
  });
});
