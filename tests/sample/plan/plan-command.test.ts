import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { holdTransaction } from '../../fixtures/held-transaction.ts';
import { type Sample, startSample } from '../sample-stack.ts';
import { useCommands } from '../screen/run-command.ts';

let sample: Sample;
const { run, leftBehind } = useCommands();
const plan = (...flags: string[]) => run('plan', ...flags);
const planHere = (...flags: string[]) => plan('--endpoint-url', sample.stack.url, ...flags);

beforeAll(async () => {
  sample = await startSample();
});
afterAll(() => sample.close());

describe('npm run plan', () => {
  it('shows the pipelines: graph, SQL, fences, audits, rule, permissions and states', async () => {
    const { code, lines, errors } = await plan('--pipeline', 'customer-sales').ended;

    const text = lines.join('\n');
    expect({ code, errors: errors.replace('… still comparing\n', '') }).toEqual({ code: 0, errors: '' });
    for (const part of [
      '  ● Load_Sales_Fact     calls dbo.sp_load_fact_sales, audited 3 times',
      'source aws.dms; detail-type DMS Replication Task State Change',
      'fence elt.fence_load_customer_dim_72e63ffe88ff, in one transaction with what follows:',
      ' 3 CALL dbo.sp_load_cust_dim()',
      '• audit unique dbo.dim_cust (cust_id): wrong rows roll the step back',
      'states:StartExecution',
      'of 25000 history events',
    ])
      expect(text.replaceAll(/\s+/g, ' ')).toContain(part.replaceAll(/\s+/g, ' ').trim());
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(100);
  });

  it('draws them for Mermaid, and writes them as JSON', async () => {
    const mermaid = await plan('--format', 'mermaid').ended;
    const json = await plan('--format', 'json').ended;

    expect(mermaid.lines.join('\n')).toContain('step_Check_Staged_Sales --> step_Load_Customer_Dim');
    const { pipelines, permissions } = JSON.parse(json.lines.join('\n'));
    expect(pipelines[0].steps.map(({ name }: { name: string }) => name)).toContain('Load_Sales_Fact');
    expect(permissions).toHaveLength(3);
  });

  it('is empty against the local AWS that runs this tree', async () => {
    const { code, lines } = await planHere().ended;

    expect(code).toBe(0);
    expect(lines.at(-1)).toBe('✓ nothing: this tree is what is deployed');
  });

  it('ends with 2 and says what to do where it cannot look', async () => {
    const ended = await Promise.all([
      plan('--against', 'no-such-file').ended,
      plan('--against', 'package.json').ended,
      plan('--against', 'README.md').ended,
      plan('--endpoint-url', 'http://127.0.0.1:1').ended,
      plan('--stage', 'nowhere').ended,
      planHere('--format', 'mermaid').ended,
    ]);

    expect(ended.map(({ code }) => code)).toEqual([2, 2, 2, 2, 2, 2]);
    const said = ended.map(({ errors }) => errors.replace('… still comparing\n', ''));
    expect(said).toEqual([
      expect.stringMatching(
        /^InvalidConfig: no-such-file cannot be read: there is no such file\. Name a folder/,
      ),
      expect.stringMatching(/^InvalidConfig: package\.json is no CloudFormation template/),
      expect.stringMatching(/^InvalidConfig: README\.md is not JSON: 1:1/),
      expect.stringMatching(/nothing answers at http:\/\/127\.0\.0\.1:1\./),
      expect.stringMatching(/serverless\.yml has no parameters of a stage nowhere/),
      expect.stringMatching(/--format mermaid draws pipelines/),
    ]);
  });

  it('cancels on Ctrl-C what it has running in the warehouse, and leaves nothing behind', async () => {
    const held = await holdTransaction(sample.stack.warehouse, 'LOCK TABLE elt.schema_history');
    const waiting = planHere();
    await held.untilWaitedFor();

    waiting.child.kill('SIGINT');
    const { code, errors, lines } = await waiting.ended;
    await held.commit();

    expect(code).toBe(130);
    expect(errors).toContain('stopped by Ctrl-C');
    expect(lines).toEqual([]);
    expect(await leftBehind()).toEqual([]);
  });
});
