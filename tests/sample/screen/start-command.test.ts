import { describe, expect, it } from 'vitest';
import { extent } from '../../fixtures/runner/extent.ts';
import { useCommands } from './run-command.ts';

const REFUSED: readonly (readonly [flags: readonly string[], message: string])[] = [
  [['--rows', 'many'], 'must be a whole number'],
  [['--sample', 'mine'], 'Allowed choices are small, as-published'],
  [
    ['--pipeline', 'none'],
    'there is no pipeline "none"; the pipelines are: redshift-elt-load-customer-sales, customer-sales',
  ],
  [['--colour'], "unknown option '--colour'"],
];

describe('npm start', () => {
  const { run } = useCommands();

  it('ends with 0, and shows the steps and the rows of each table', async () => {
    const { code, lines } = await run('start').ended;

    expect(code).toBe(0);
    const text = lines.join('\n');
    expect(text).toMatch(/✓ Load_Customer_Dim calls dbo\.sp_load_cust_dim, audited once: done/);
    expect(text).toMatch(/✓ Load_Sales_Fact calls dbo\.sp_load_fact_sales, audited 3 times: done/);
    expect(text).toMatch(/dbo\.dim_cust +3 rows +production/);
    expect(text).toMatch(/dbo\.fact_sales +6 rows +production/);
    expect(text).toMatch(/^notification SUCCEEDED: redshift-elt-load-customer-sales-local$/m);
  });

  it.each(extent([], [1, 2, 3]))(
    'shows, each time, what failed and why, what was not run, who was told, and what to do: %i',
    async () => {
      const { code, lines, errors } = await run('start', '--sample', 'as-published').ended;

      expect(code).toBe(1);
      expect(errors).toBe('');
      const text = lines.join('\n');
      expect(text).not.toContain('\u001B');
      const inOrder = [
        /^✓ Verify_Full_Load: 2 staged tables, 9 rows \(/m,
        /^✗ Check_Staged_Sales checks sales_without_customer: DataCheckFailed \(/m,
        /^ {4}6 rows are wrong: Staged sales/m,
        /^ {4}statement [0-9a-f-]{36}$/m,
        /^– Load_Customer_Dim calls dbo\.sp_load_cust_dim, audited once: not run, because Check_Staged_Sales failed$/m,
        /^– Load_Sales_Fact .*: not run/m,
        /^notification FAILED: redshift-elt-load-customer-sales-local at Check_Staged_Sales$/m,
        /^ {2}│ Error: DataCheckFailed$/m,
        /^✗ the run FAILED: DataCheckFailed at Check_Staged_Sales$/m,
        /^ {2}nothing took effect/m,
        /^ {2}took no effect +Load_Customer_Dim \(not run\), Load_Sales_Fact \(not run\)$/m,
        /^What to do:\n {2}\S/m,
        /^ {2}npm start {2}/m,
      ];
      const places = inOrder.map((pattern) => text.search(pattern));
      expect(places).not.toContain(-1);
      expect(places).toEqual(places.toSorted((x, y) => x - y));
    },
  );

  it.each(extent([], ['12345']))('loads as many sales as it is asked for: %s', async (rows) => {
    const { code, lines } = await run('start', '--rows', rows).ended;

    expect(code).toBe(0);
    expect(lines.join('\n')).toMatch(/dbo\.fact_sales +12,345 rows/);
  });

  it.each(extent([], REFUSED))('refuses %s, starts nothing and ends with 1', async (flags, message) => {
    const { code, errors } = await run('start', ...flags).ended;

    expect(code).toBe(1);
    expect(errors).toContain(message);
  });
});
