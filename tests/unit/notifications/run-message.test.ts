import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { VERB_MEANINGS } from '../../../src/errors/commands.ts';
import { composeMessage } from '../../../src/notifications/forms/compose-message.ts';
import { OutcomeEventSchema, type RunEndedEvent } from '../../../src/notifications/outcome-event.ts';
import type { StageNames } from '../../../src/notifications/repair-facts.ts';
import { announceRunFailure, announceRunSuccess } from '../../../src/notifications/run-message.ts';

const sample = new URL('../../events/notify-outcome.json', import.meta.url);
const event = OutcomeEventSchema.parse(JSON.parse(await readFile(sample, 'utf8'))) as RunEndedEvent;
const { detail } = event;
const TASK_ARN = 'arn:aws:dms:us-east-1:000000000000:task:TASK';
const pipelines = ['redshift-elt-load', 'redshift-elt-load-customer-sales'];
const names = { functionName: 'notify-outcome', tasks: [{ arn: TASK_ARN, identifier: 'task', pipelines }] };
const compose = (end: RunEndedEvent['detail'], ofStage: StageNames) =>
  composeMessage(announceRunFailure(end, ofStage));
const composeRunFailure = (end: RunEndedEvent['detail']) => compose(end, names);
const composeRunSuccess = (end: RunEndedEvent['detail']) => {
  const announcement = announceRunSuccess(end, names);
  return announcement && composeMessage(announcement);
};

const REDRIVE = `aws stepfunctions redrive-execution --region us-east-1 --execution-arn ${detail.executionArn}`;
const CONTINUE = `echo '{"pipeline":"redshift-elt-load-customer-sales","reason":"repaired","continue":1}' | aws lambda invoke --region us-east-1 --function-name start-run --payload fileb:///dev/stdin /dev/stdout`;

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

What to do:
A procedure or a table is wrong. Correct it in sql/migrations.
  npm run migrate -- --endpoint-url "$AWS_ENDPOINT_URL"
  ${REDRIVE}
A permission is missing. Grant it in sql/migrations/R__user_grants.sql.
  npm run migrate -- --endpoint-url "$AWS_ENDPOINT_URL"
  ${REDRIVE}
The step is wrong: the name of its procedure or query, or its arguments. Correct the pipeline in src/pipelines, or the query in sql/checks.
  npm run -s asl -- redshift-elt-load-customer-sales --local | aws stepfunctions update-state-machine --region us-east-1 --state-machine-arn ${detail.stateMachineArn} --definition file:///dev/stdin
  ${CONTINUE}
A limit of the warehouse was exceeded, or the cause was temporary. Raise the limit that the cause names, or wait until the cause is gone.
  ${REDRIVE}
The staged data are wrong. Correct them in the source.
  aws dms start-replication-task --region us-east-1 --replication-task-arn ${TASK_ARN} --start-replication-task-type reload-target
migrate: ${VERB_MEANINGS.migrate}
redrive: ${VERB_MEANINGS.redrive}
deploy: ${VERB_MEANINGS.deploy}
continue: ${VERB_MEANINGS.continue}
reload: ${VERB_MEANINGS.reload}

https://console.aws.amazon.com/states/home?region=us-east-1#/v2/executions/details/${detail.executionArn}
`);
    expect(attributes).toEqual({
      event: 'run-failed',
      severity: 'error',
      stage: 'local',
      pipeline: ['redshift-elt-load-customer-sales'],
      machine: 'redshift-elt-load-customer-sales-local',
      status: 'FAILED',
      error: 'StatementFailed',
    });
  });

  it('shows what an SQL error hides, and runs nothing of it', () => {
    const cause = `ERROR: \u001B]0;x\u0007 <script>alert(1)</script> \u202Egpj "quoted" 🚒 ${'long '.repeat(6_000)}`;

    const { subject, body } = composeRunFailure({ ...detail, cause });

    expect(body).toContain('⟨U+001B⟩]0;x⟨U+0007⟩ <script>alert(1)</script> ⟨U+202E⟩gpj "quoted" 🚒 long');
    expect(body).not.toMatch(/(?!\n)\p{Cc}/u);
    expect(body.length).toBeLessThan(20_000);
    expect(subject).toMatch(/^[\x20-\x7e]{1,100}$/);
  });

  it('has the names of a deployed stage, and the numbers that follow those of the run', () => {
    const executionArn = detail.executionArn
      .replace('000000000000', '123456789012')
      .replace('-sales-local', '-sales-prod-eu')
      .concat('-r2-c3');
    const functionName = 'redshift-elt-prod-eu-notify-outcome';

    const end = { ...detail, executionArn, name: `${detail.name}-r2-c3`, error: 'DataCheckFailed' };
    const { body } = compose(end, { ...names, functionName });

    expect(body).toContain(`for load ${detail.name}-r2 (continuation 3) has failed`);
    expect(body).toContain('npm run deploy -- --stage prod-eu\n');
    expect(body).toContain('npm run migrate -- --stage prod-eu\n');
    expect(body).toContain('--function-name redshift-elt-prod-eu-start-run ');
    expect(body).toContain('"rerun":2,"continue":4}');
    expect(body).toContain('"rerun":3}');
  });

  it('leaves words in capitals for what is not known: a pipeline that is no longer in the code', () => {
    const { body } = compose(detail, { ...names, tasks: [] });

    expect(body).toContain('"pipeline":"PIPELINE"');
    expect(body).toContain('--replication-task-arn TASK_ARN');
  });

  it('offers nothing where a newer load has its own run, and looks first where the error is not ours', () => {
    expect(composeRunFailure({ ...detail, error: 'LoadChanged' }).body).not.toMatch(/^ {2}/m);
    expect(composeRunFailure({ ...detail, error: 'States.Runtime' }).body).toContain(
      'Look at the execution to see how far it came.\n  aws stepfunctions redrive-execution',
    );
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
    const output = JSON.stringify({
      outcome: 'published',
      stagedRows: 'dbo.sales_stg=6',
      warnings: ['s.t: validation says "No primary key"'],
    });

    const message = composeRunSuccess({ ...detail, status: 'SUCCEEDED', output });

    expect(message?.subject).toBe('SUCCEEDED: redshift-elt-load-customer-sales-local');
    expect(message?.body).toContain('Staged: dbo.sales_stg 6 rows');
    expect(message?.body).toContain('Warnings: s.t: validation says "No primary key"');
  });

  it('is not sent for a run that a newer load made pointless', () => {
    const output = JSON.stringify({ outcome: 'superseded' });

    expect(composeRunSuccess({ ...detail, status: 'SUCCEEDED', output })).toBeUndefined();
  });
});
