import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { obstacleLines } from '../../../src/cli/check/check-locally.ts';
import { pipelines } from '../../../src/pipelines/index.ts';
import { readEffects } from '../../../src/preflight/sql/touched-tables.ts';
import { type Sample, startSample } from '../sample-stack.ts';
import { useCommands } from '../screen/run-command.ts';

const [pipeline] = pipelines as [(typeof pipelines)[number]];
/** Those that a newcomer forgets, and finds one at a time. */
const REVOKED = [
  'REVOKE EXECUTE ON PROCEDURE dbo.sp_load_fact_sales() FROM runtime',
  'REVOKE SELECT ON dbo.customer_stg FROM runtime',
  'REVOKE DELETE ON dbo.fact_sales FROM runtime',
  'REVOKE USAGE ON SCHEMA dbo FROM dms',
];
let sample: Sample;
const { run } = useCommands();
const check = (...flags: string[]) => run('check', '--endpoint-url', sample.stack.url, ...flags).ended;

beforeAll(async () => {
  sample = await startSample();
});
afterAll(() => sample.close());

it('reads in the sample’s procedure what it touches', async () => {
  const text = await readFile('sql/migrations/R__procedure_load_cust_dim.sql', 'utf8');

  const { tables, commits, doubts } = readEffects(text.split('$$')[1] ?? '');

  expect({ commits, doubts }).toEqual({ commits: [], doubts: [] });
  expect(tables).toEqual(
    new Map([
      ['dbo.customer_stg', new Set(['SELECT'])],
      ['dbo.dim_cust_key', new Set(['INSERT', 'SELECT'])],
      ['dbo.dim_cust', new Set(['SELECT', 'DELETE', 'INSERT'])],
    ]),
  );
});

describe('npm run check', () => {
  it('ends with 0 where nothing stands in the way', async () => {
    const { code, lines, errors } = await check();

    expect({ code, errors }).toEqual({ code: 0, errors: '' });
    expect(lines).toEqual([
      'stage local: redshift-elt-load-customer-sales',
      '',
      '✓ nothing stands in the way of a load',
      expect.stringMatching(/^– not looked at: alarms, subscriptions, .* which the local AWS does not have$/),
    ]);
    expect((await check('--json', '--pipeline', 'customer-sales')).lines).toEqual(['[]']);
  });

  it('ends with 2 where it cannot look, or does not know where', async () => {
    const nowhere = await run('check', '--endpoint-url', 'http://127.0.0.1:1').ended;
    const unknown = await check('--pipeline', 'none');

    expect([nowhere.code, unknown.code]).toEqual([2, 2]);
    expect(nowhere.errors).toMatch(/nothing answers at http:\/\/127\.0\.0\.1:1\./);
    expect(unknown.errors).toMatch(/there is no pipeline "none"/);
  });

  describe('where grants are missing', () => {
    beforeAll(() => sample.warehouse.transaction('grants', REVOKED));
    afterAll(() => sample.renew());

    it('ends with 1, and names all of them, for people and for programs', async () => {
      const { code, lines } = await check();
      const { lines: json } = await check('--json');

      expect(code).toBe(1);
      expect(lines.join('\n')).toMatch(/^4 problems$/m);
      const findings: readonly Record<string, unknown>[] = JSON.parse(json.join('\n'));
      expect(findings.map(({ repair }) => String(repair).split(';')[0])).toEqual([
        `GRANT USAGE ON SCHEMA dbo TO \${dms}`,
        `GRANT EXECUTE ON PROCEDURE dbo.sp_load_fact_sales() TO \${runtime}`,
        `GRANT SELECT ON dbo.customer_stg TO \${runtime}`,
        `GRANT DELETE ON dbo.fact_sales TO \${runtime}`,
      ]);
      expect(Object.keys(findings[0] ?? {}).toSorted()).toEqual([
        ...['area', 'consequence', 'id', 'repair', 'severity', 'what', 'where'],
      ]);
    });

    it('npm start would load nothing, and names all of them', async () => {
      const lines = await obstacleLines(sample.stack.url, pipeline, pipelines, 100);

      expect(lines.filter((line) => /^ {4}→ GRANT/.test(line))).toHaveLength(4);
      expect(lines.at(-1)).toBe('✗ nothing was loaded: 4 problems. Correct the files and start again');
    });
  });

  it('lets npm start go on with what it cannot know, and with warnings', async () => {
    expect(await obstacleLines(sample.stack.url, pipeline, pipelines, 100)).toEqual([]);
  });
});
