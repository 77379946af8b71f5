import { describe, expect, it } from 'vitest';
import { compilePattern } from '../../../src/local/services/events/pattern/compile-pattern.ts';
import { matchesEvent } from '../../../src/local/services/events/pattern/match-event.ts';
import { ofType, resolve, type Template } from '../../fixtures/package/cloudformation/template.ts';
import { readEvent } from '../../fixtures/sample-event.ts';

/** Which events reach which function, by the patterns of the template. */
export function describePackageRules(template: () => Template): void {
  const targetsOf = (event: unknown) => targetsIn(template(), event);

  describe('the packaged rules', () => {
    it('hand a finished load to start-run, whatever its message and with or without an id', async () => {
      const event = await readEvent('start-run.json');
      const { eventType, type, category } = event.detail;

      for (const detail of [
        event.detail,
        { eventType, type, category, detailMessage: 'Replication task stopped' },
      ]) {
        expect(targetsOf({ ...event, detail })).toContain('StartDashrunLambdaFunction');
      }
    });

    it('hand a failed load and the end of a run to notify-outcome', async () => {
      const ended = await readEvent('notify-outcome.json');
      const runOf = (status: string) => ({ ...ended, detail: { ...ended.detail, status } });

      expect(targetsOf(await readEvent('notify-outcome-load-failed.json'))).toEqual([
        'NotifyDashoutcomeLambdaFunction',
      ]);
      expect(targetsOf(runOf('FAILED'))).toEqual(['NotifyDashoutcomeLambdaFunction']);
      expect(targetsOf(runOf('SUCCEEDED'))).toEqual(['NotifyDashoutcomeLambdaFunction']);
      expect(targetsOf(runOf('ABORTED')).toSorted()).toEqual([
        'NotifyDashoutcomeLambdaFunction',
        'StopDashstatementsLambdaFunction',
      ]);
      expect(targetsOf(runOf('RUNNING'))).toEqual([]);
    });

    it('match no other task, machine or source', async () => {
      const load = await readEvent('start-run.json');
      const run = await readEvent('notify-outcome.json');
      const other = `${load.resources[0]}-2`;

      expect(targetsOf({ ...load, resources: [other] })).toEqual([]);
      expect(targetsOf({ ...load, source: 'my.app' })).toEqual([]);
      const stateMachineArn = `${run.detail.stateMachineArn}-2`;
      expect(targetsOf({ ...run, detail: { ...run.detail, stateMachineArn } })).toEqual([]);
    });
  });
}

/** Logical ids of the functions that get an event, by the rules that match it. */
function targetsIn(template: Template, event: unknown): readonly string[] {
  return ofType(template, 'AWS::Events::Rule').flatMap(([, { EventPattern, Targets }]) => {
    if (EventPattern === undefined || !matchesEvent(compilePattern(resolve(EventPattern)), event)) return [];
    return (Targets as readonly { Arn: { 'Fn::GetAtt': readonly string[] } }[]).map(
      ({ Arn }) => Arn['Fn::GetAtt'][0] ?? '',
    );
  });
}
