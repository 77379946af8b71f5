import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { OutcomeEventSchema, type RunEndedEvent } from '../../../src/notifications/outcome-event.ts';
import { composeRunFailure, composeRunSuccess } from '../../../src/notifications/run-message.ts';

const sample = new URL('../../events/notify-outcome.json', import.meta.url);
const event = OutcomeEventSchema.parse(JSON.parse(await readFile(sample, 'utf8'))) as RunEndedEvent;
const { detail } = event;

describe('the message about a run that failed', () => {
  it('says which run, step and error, why, what to do, and where to look', () => {
    const { subject, body, attributes } = composeRunFailure(detail);

    expect(subject).toBe('FAILED: redshift-elt-load-customer-sales-local at Load_Sales_Fact');
    expect(
      body,
    ).toBe(`The run of redshift-elt-load-customer-sales-local for load 20261124T025700000Z-0123456789ab has failed.

Step:  Load_Sales_Fact
Error: StatementFailed
Cause: ERROR: Divide by zero (step Load_Sales_Fact of redshift-elt-load-customer-sales, in "CALL dbo.sp_load_fact_sales()", statement d9b6c0c9-0747-4bf4-b142-e8883122f766, Redshift query 4711, failure class other)

What to do: Repair what the SQL error names, then redrive the execution.

  aws stepfunctions redrive-execution --region us-east-1 --execution-arn ${detail.executionArn}
It goes on at the state that failed, and is possible for 14 days after the end.

https://console.aws.amazon.com/states/home?region=us-east-1#/v2/executions/details/${detail.executionArn}
`);
    expect(attributes).toEqual({
      machine: 'redshift-elt-load-customer-sales-local',
      status: 'FAILED',
      error: 'StatementFailed',
    });
  });

  it('offers no redrive where that would fail again', () => {
    const { body } = composeRunFailure({ ...detail, error: 'DataCheckFailed' });

    expect(body).not.toContain('redrive-execution');
  });

  it('takes a cause that is no JSON as it is, and an end without an error by its status', () => {
    const { body } = composeRunFailure({ ...detail, status: 'ABORTED', error: null, cause: 'by hand' });

    expect(body).toContain('was stopped.');
    expect(body).toContain('Error: States.ABORTED\nCause: by hand');
  });

  it('has a subject that SNS takes, whatever the names', () => {
    const executionArn = `arn:aws:states:us-east-1:000000000000:execution:${'ü'.repeat(120)}:x`;

    const { subject } = composeRunFailure({ ...detail, executionArn });

    expect(subject).toMatch(/^FAILED: \?+\.\.\.$/);
    expect(subject).toHaveLength(100);
  });

  it('links to the console of the partition', () => {
    const executionArn = detail.executionArn.replace('arn:aws:', 'arn:aws-cn:');

    expect(composeRunFailure({ ...detail, executionArn }).body).toContain(
      'https://console.amazonaws.cn/states/',
    );
  });
});

describe('the message about a run that ended well', () => {
  it('says that production shows the load', () => {
    const output = JSON.stringify({ outcome: 'published', stagedRows: 'dbo.sales_stg=6' });

    const message = composeRunSuccess({ ...detail, status: 'SUCCEEDED', output });

    expect(message?.subject).toBe('SUCCEEDED: redshift-elt-load-customer-sales-local');
    expect(message?.body).toContain('Staged rows: dbo.sales_stg=6');
  });

  it('is not sent for a run that a newer load made pointless', () => {
    const output = JSON.stringify({ outcome: 'superseded' });

    expect(composeRunSuccess({ ...detail, status: 'SUCCEEDED', output })).toBeUndefined();
  });
});
