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
  tasks: [{ arn: 't', identifier: 't', pipelines: ['load-orders'] }],
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

  it('says how a pipeline that is held is released', () => {
    const { body } = compose({ kind: 'held', reason: 'by Ann because the source is repaired' });

    expect(body).toContain('Where it stands: held: by Ann because the source is repaired.');
    expect(body).toContain(
      'send {"pipeline":"load-orders","reason":"released","release":true} to elt-dev-start-run.',
    );
  });

  it('has a forecast where there is one, and shows nothing invisible', () => {
    const forecast = { at: at('06:44'), runs: 20 };
    const { body } = compose(
      { kind: 'loading', task: 't', loaded: 1, tables: 2 },
      { forecast, held: 'a\u202Eb' },
    );

    expect(body).toContain('Forecast: published at about 06:44, 14 minutes late');
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
