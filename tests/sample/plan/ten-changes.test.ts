import { execFile } from 'node:child_process';
import { cp, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { copyProject, type ProjectCopy } from '../../fixtures/package/project-copy.ts';
import { keepPackage } from './kept-package.ts';

const PIPELINE = 'src/pipelines/customer-sales.ts';
const CHECK = 'sql/checks/sales_without_customer.sql';

let project: ProjectCopy;
let kept: string;

beforeAll(async () => {
  project = await copyProject();
  await project.bundleOwnCodeOnly();
  kept = await keepPackage(project.folder);
});
afterAll(() => project.remove());

/** The command, in the copy. */
async function plan(...flags: string[]) {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['src/cli/plan.ts', '--against', kept, '--format', 'json', ...flags],
    { cwd: project.folder, env: { PATH: process.env.PATH } },
  );
  return JSON.parse(stdout);
}

/** Changes files of the copy for one plan. */
async function planAfter(edits: readonly (readonly [string, string | RegExp, string])[]) {
  const before = new Map<string, string>();
  for (const [file, from, to] of edits) {
    const path = join(project.folder, file);
    const text = await readFile(path, 'utf8');
    before.set(path, before.get(path) ?? text);
    const changed = text.replace(from, to);
    expect(changed, `${file} is not as this test knows it`).not.toBe(text);
    await writeFile(path, changed);
  }
  const made = await plan();
  for (const [path, text] of before) await writeFile(path, text);
  return made;
}

describe('a plan against a template that was kept before a change', () => {
  it.each<[string, string, string, readonly (readonly [string, string | RegExp, string])[]]>([
    [
      'a step more',
      'changes results',
      'step-added',
      [
        [
          PIPELINE,
          'Load_Customer_Dim: {',
          "Load_Days: { call: 'dbo.sp_load_days' },\n    Load_Customer_Dim: {",
        ],
      ],
    ],
    [
      'another order',
      'changes results',
      'order-freed',
      [[PIPELINE, "after: ['Load_Customer_Dim']", "after: ['Check_Staged_Sales']"]],
    ],
    ['an audit less', 'changes results', 'audit-gone', [[PIPELINE, /\n\s*'fact_sales_count_differs',/, '']]],
    [
      'less time for a step',
      'changes results',
      'timeout-shorter',
      [
        [
          PIPELINE,
          "call: 'dbo.sp_load_fact_sales',",
          "call: 'dbo.sp_load_fact_sales',\n      timeoutSeconds: 60,",
        ],
      ],
    ],
    [
      'more time for a step',
      'harmless',
      'timeout-longer',
      [
        [
          PIPELINE,
          "call: 'dbo.sp_load_fact_sales',",
          "call: 'dbo.sp_load_fact_sales',\n      timeoutSeconds: 80_000,",
        ],
      ],
    ],
    [
      'another procedure',
      'changes results',
      'procedure-changed',
      [[PIPELINE, "'dbo.sp_load_fact_sales'", "'dbo.sp_load_sales'"]],
    ],
    ['another query of a check', 'changes results', 'query-changed', [[CHECK, 'LEFT JOIN', 'RIGHT JOIN']]],
    [
      'another name of the pipeline',
      'cannot be undone',
      'pipeline-renamed',
      [[PIPELINE, "'redshift-elt-load-customer-sales'", "'load-customer-sales'"]],
    ],
    [
      'logs that are kept longer',
      'harmless',
      'resource-setting',
      [['serverless.yml', 'logRetentionDays: 30', 'logRetentionDays: 90']],
    ],
    [
      'logs that are kept shorter',
      'cannot be undone',
      'logs-shorter',
      [['serverless.yml', 'logRetentionDays: 30', 'logRetentionDays: 7']],
    ],
    [
      'more memory for a function',
      'harmless',
      'resource-setting',
      [['serverless.yml', 'memorySize: 128', 'memorySize: 512']],
    ],
    [
      'another schedule of the sweep',
      'changes results',
      'resource-changed',
      [['src/compile/template/rules.ts', 'rate(15 minutes)', 'rate(1 hour)']],
    ],
  ])('has the class of %s: %s', async (_title, ofClass, kind, edits) => {
    const { class: whole, pipelines, resources } = await planAfter(edits);

    const kinds = [...pipelines, ...resources].map((one: { readonly kind: string }) => one.kind);
    expect({ whole, kinds }).toEqual({ whole: ofClass, kinds: expect.arrayContaining([kind]) });
  });

  it('is empty without a change, also with the functions’ code', async () => {
    const again = await keepPackage(project.folder);

    const made = [await plan(), await plan('--packaged', again)];

    expect(made).toMatchObject([
      { isEmpty: true, class: null },
      { isEmpty: true, class: null },
    ]);
    expect(made[1].notLookedAt).toEqual([expect.stringContaining('migrations')]);
    await rm(again, { recursive: true });
  });

  it('tells of code that differs, where both are packaged', async () => {
    const other = join(project.folder, 'other-package');
    await cp(kept, other, { recursive: true });
    await writeFile(join(other, 'start-run.zip'), 'another archive');

    const { resources } = await plan('--packaged', other);

    expect(resources).toMatchObject([
      { kind: 'code-changed', class: 'changes results', where: { object: 'start-run' } },
    ]);
  });
});
