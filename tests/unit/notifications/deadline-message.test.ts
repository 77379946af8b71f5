import { describe, expect, it } from 'vitest';
import type { Deadline } from '../../../src/definition/deadline/deadline.ts';
import { type DeadlineDay, deadlineOn } from '../../../src/definition/deadline/deadline-days.ts';
import {
  composeDeadline,
  type DeadlineFacts,
  describeLateness,
} from '../../../src/notifications/deadline-message.ts';
import type { LoadStanding } from '../../../src/notifications/load-standing.ts';

const deadline: Deadline = { at: '06:30', timezone: 'Europe/Berlin', days: ['TUE'], loadHours: 12 };
const day = deadlineOn(deadline, '2026-11-24') as DeadlineDay;
const at = (clock: string) => Date.parse(`2026-11-24T${clock}+01:00`);
const executionArn =
  'arn:aws:states:eu-central-1:123456789012:execution:load-orders-dev:20261124T020000000Z-0123456789ab';
const names = {
  functionName: 'elt-dev-notify-outcome',
  tasks: ['a', 'b', 't'].map((identifier) => ({
    ...{ arn: `arn:aws:dms:eu-central-1:123456789012:task:${identifier.toUpperCase()}`, identifier },
    pipelines: ['load-orders'],
  })),
};
const compose = (standing: LoadStanding, more: Partial<DeadlineFacts> = {}) =>
  composeDeadline({ kind: 'deadline', machine: 'load-orders-dev', deadline, day, standing, ...more }, names);

describe('the message at a deadline', () => {
  it.each<[LoadStanding, string]>([
    [{ kind: 'no-load' }, 'no load has started'],
    [{ kind: 'no-load', lastStartedAt: at('02:00') }, 'no load has started since 2026-11-24 02:00'],
    [{ kind: 'loading', task: 't', loaded: 7, tables: 12 }, 'DMS has loaded 7 of 12 tables of task t'],
    [
      { kind: 'companion', finished: ['a'], missing: ['b'] },
      'it waits for the companion task b; a has loaded',
    ],
    [
      { kind: 'companion', finished: ['a', 't'], missing: ['b', 'c', 'd'] },
      'it waits for the companion tasks b, c and d; a and t have loaded',
    ],
    [{ kind: 'not-started', tasks: ['a'] }, 'the load of task a has finished, and its run has not started'],
    [{ kind: 'held', reason: 'Ann repairs the source' }, 'held: Ann repairs the source'],
    [
      {
        kind: 'running',
        executionArn,
        at: [{ name: 'Load_Sales_Fact', since: at('06:12'), usualMs: 840_000 }],
      },
      'at Load_Sales_Fact since 06:12, which usually takes 14 minutes',
    ],
    [
      {
        ...{
          kind: 'failed',
          executionArn,
          status: 'FAILED',
          error: 'StatementFailed',
          cause: 'x',
          redrives: 0,
        },
        ...{ endedAt: at('03:10'), step: 'Load_Totals' },
      },
      'failed at 03:10 in Load_Totals, and nobody has redriven it',
    ],
  ])('says where the load stands: %o', (standing, words) => {
    const { subject, body, attributes } = compose(standing);

    expect(body).toContain(
      `The load of 2026-11-24 for load-orders-dev is not published. Its deadline was 06:30 Europe/Berlin.`,
    );
    expect(body).toContain(`Where it stands: ${words}.`);
    expect(subject).toMatch(/^LATE: load-orders-dev is not published at 06:30: /);
    expect(subject.length).toBeLessThanOrEqual(100);
    expect(attributes).toMatchObject({
      ...{ event: 'deadline-missed', severity: 'error', machine: 'load-orders-dev', status: 'LATE' },
    });
  });

  it('has the repairs of the table of errors for a run that failed', () => {
    const { body } = compose({
      ...{
        kind: 'failed',
        executionArn,
        status: 'FAILED',
        error: 'StatementFailed',
        cause: 'no room',
        redrives: 1,
      },
    });

    expect(body).toContain('Error: StatementFailed\nCause: no room');
    expect(body).toContain(
      `aws stepfunctions redrive-execution --region eu-central-1 --execution-arn ${executionArn}`,
    );
  });

  const dms = 'aws dms describe-replication-tasks --region eu-central-1 --filters Name=replication-task-arn';
  const startRun = '| aws lambda invoke --region eu-central-1 --function-name elt-dev-start-run --payload ';
  const release = `echo '{"pipeline":"load-orders","reason":"released","release":true}' ${startRun}`;
  const loading = { kind: 'loading', task: 't', loaded: 0, tables: 1 } as const;
  it.each<[LoadStanding, readonly string[]]>([
    [
      { kind: 'no-load' },
      ['A', 'B', 'T'].map((task) => `task:${task} --start-replication-task-type start-replication`),
    ],
    [{ kind: 'no-load', lastStartedAt: 0 }, ['task:B --start-replication-task-type reload-target']],
    [
      { kind: 'companion', finished: ['a', 't'], missing: ['b'] },
      ['task:B --start-replication-task-type reload-target'],
    ],
    [
      { kind: 'load-failed', task: 't', reason: 'x' },
      ['task:T --start-replication-task-type resume-processing'],
    ],
    [loading, [dms]],
    [
      { kind: 'running', executionArn, at: [] },
      [`npm run report -- --stage dev --execution-arn ${executionArn}`],
    ],
    [{ kind: 'held', reason: 'x' }, [release]],
    [
      { kind: 'not-started', tasks: ['t'] },
      [`echo '{"pipeline":"load-orders","reason":"late"}' ${startRun}`],
    ],
    [{ kind: 'unknown', reason: 'x' }, [`echo '{"pipeline":"load-orders","reason":"late"}' ${startRun}`]],
  ])('has the command for what to do next, in each form that has room: %o', (standing, commands) => {
    const { body, forms } = compose(standing);

    const { nextSteps } = JSON.parse(forms.sqs ?? '');
    const told = nextSteps.flatMap((step: { actions: readonly { commands: readonly string[] }[] }) =>
      step.actions.flatMap((action) => action.commands),
    );
    for (const command of commands) {
      expect(body).toContain(command);
      expect(told.join('\n')).toContain(command);
      expect(JSON.parse(forms.https ?? '').content.nextSteps.join('\n')).toContain(command);
    }
    expect(told.join('\n')).not.toMatch(/\b(?:[A-Z]+_ARN|REGION|STAGE|PIPELINE)\b/);
  });

  it('is about the tasks that it waits for, and no other', () => {
    const { body } = compose({ kind: 'companion', finished: ['a', 't'], missing: ['b'] });

    expect(body).not.toMatch(/task:[AT] /);
  });

  it('says how a pipeline that is held is released, also where its load has come further', () => {
    expect(compose(loading).body).not.toContain(release);
    expect(compose(loading, { held: 'by Ann' }).body).toContain(release);
  });

  it('has a forecast where there is one, and shows nothing invisible', () => {
    const forecast = { at: at('06:44'), runs: 20 };
    const { body } = compose(
      { kind: 'loading', task: 't', loaded: 1, tables: 2 },
      { forecast, held: 'a\u202Eb' },
    );

    expect(body).toContain(
      'about 06:44, 14 minutes late, if nothing else comes in between (by the median of 20',
    );
    expect(compose({ kind: 'no-load' }, { forecast }).body).toContain('late, if the load starts now (by');
    expect(body).not.toContain('\u202E');
  });

  it.each([
    [0, 'there are none'],
    [1, 'there is 1'],
    [2, 'there are 2'],
  ])('says that there is no forecast yet after too few runs: %d', (runs, words) => {
    const { body } = compose({ kind: 'no-load' }, { forecast: { runs, needed: 3 } });

    expect(body).toContain(`Forecast: none yet. It takes 3 runs that nobody had to repair, and ${words}.`);
  });

  it('has no cause where a run that was stopped has none', () => {
    const failed = { kind: 'failed', executionArn, status: 'ABORTED', error: 'States.ABORTED' } as const;

    expect(compose({ ...failed, cause: '', redrives: 0 }).body).toContain('Error: States.ABORTED\n\n');
  });

  it('claims nothing where AWS did not answer', () => {
    const { subject, body } = compose({ kind: 'unknown', reason: 'DMS did not say' });

    expect(subject).toBe(
      'LATE: load-orders-dev is perhaps not published at 06:30: it could not be found out: DMS did not say',
    );
    expect(body).toContain('The load of 2026-11-24 for load-orders-dev is perhaps not published.');
  });

  it('is a warning before it', () => {
    const { subject, body } = compose({ kind: 'no-load' }, { kind: 'warning' });

    expect(subject).toBe('WARNING: load-orders-dev may be late: no load has started');
    expect(body).toContain('must be published at 06:30 Europe/Berlin, and will probably be late');
  });

  it('is closed with how late the load was', () => {
    expect(describeLateness(deadline, day, at('06:39'))?.text).toBe('Published at 06:39, 9 minutes late');
    expect(describeLateness(deadline, day, at('06:30'))).toBeUndefined();
  });
});
