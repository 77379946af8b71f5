import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { StatusEventSchema } from '../../src/executions/status-event.ts';
import { DmsEventSchema } from '../../src/loads/dms-event.ts';

/** An event that a service of AWS sends. */
export interface SentEvent {
  readonly source: string;
  readonly detailType: string;
  readonly resources: readonly string[];
  readonly detail: Readonly<Record<string, string | number>>;
}

/** The task whose events the rules of a stage take; `orders` is the pipeline of it. */
export const EVENT_TASK = {
  identifier: 'orders-task',
  arn: 'arn:aws:dms:us-east-1:000000000000:task:ORDERS',
};

/** An EventBridge with the deployed rules of a pipeline. */
export interface EventsStage {
  /** The pipeline's machine. */
  readonly machineArn: string;
  send(event: SentEvent): Promise<void>;
  /** What functions were invoked with since the last time, once all is delivered. */
  delivered(): Promise<readonly { readonly functionName: string; readonly event: unknown }[]>;
  /** Has the next event delivered twice, as EventBridge may. */
  doubleNext(): void;
  close(): Promise<void>;
}

/** What the product relies on of EventBridge. */
export function describeEvents(name: string, create: () => Promise<EventsStage>): void {
  describe(`EventBridge, ${name}`, () => {
    let stage: EventsStage;
    beforeAll(async () => {
      stage = await create();
    });
    afterAll(() => stage?.close());

    const ofTask = (eventType: string, arn = EVENT_TASK.arn): SentEvent => ({
      source: 'aws.dms',
      detailType: 'DMS Replication Task State Change',
      resources: [arn],
      detail: { eventType, detailMessage: 'a message', type: 'REPLICATION_TASK', category: 'StateChange' },
    });
    const ofRun = (status: string, stateMachineArn = stage.machineArn): SentEvent => {
      const executionArn = `${stateMachineArn.replace(':stateMachine:', ':execution:')}:run-1`;
      return {
        source: 'aws.states',
        detailType: 'Step Functions Execution Status Change',
        resources: [executionArn],
        detail: { ...{ executionArn, stateMachineArn, name: 'run-1', status, input: '{}' }, startDate: 1 },
      };
    };
    const send = async (event: SentEvent) => {
      await stage.send(event);
      return stage.delivered();
    };
    const functionsFor = async (event: SentEvent) =>
      (await send(event)).map(({ functionName }) => functionName).toSorted();

    it.each([
      ['REPLICATION_TASK_STARTED', []],
      ['REPLICATION_TASK_STOPPED', ['notify-outcome', 'start-run']],
      ['REPLICATION_TASK_FAILED', ['notify-outcome']],
    ])('delivers %s of a task to %j', async (eventType, functions) => {
      expect(await functionsFor(ofTask(eventType))).toEqual(functions);
    });

    it.each([
      ['RUNNING', []],
      ['FAILED', ['notify-outcome']],
      ['ABORTED', ['notify-outcome', 'stop-statements']],
      ['TIMED_OUT', ['notify-outcome', 'stop-statements']],
    ])('delivers %s of a run to %j', async (status, functions) => {
      expect(await functionsFor(ofRun(status))).toEqual(functions);
    });

    it('delivers nothing of other tasks and machines', async () => {
      expect(await send(ofTask('REPLICATION_TASK_STOPPED', `${EVENT_TASK.arn}X`))).toEqual([]);
      expect(await send(ofRun('FAILED', `${stage.machineArn}X`))).toEqual([]);
    });

    it('delivers an event whole: the functions can read it', async () => {
      const [stopped] = await send(ofTask('REPLICATION_TASK_STOPPED'));
      const [aborted] = await send(ofRun('ABORTED'));

      expect(DmsEventSchema.parse(stopped?.event)).toMatchObject({ resources: [EVENT_TASK.arn] });
      expect(StatusEventSchema.parse(aborted?.event).detail).toMatchObject({ status: 'ABORTED' });
    });

    it('may deliver an event twice: both times under the same id', async () => {
      const idOf = ({ event }: { readonly event: unknown }) => (event as { readonly id: string }).id;
      stage.doubleNext();
      const twice = await send(ofTask('REPLICATION_TASK_FAILED'));
      const once = await send(ofTask('REPLICATION_TASK_FAILED'));

      expect([twice.length, once.length]).toEqual([2, 1]);
      expect(new Set(twice.map(idOf)).size).toBe(1);
      expect(once.map(idOf)).not.toContain(idOf(twice[0] ?? { event: {} }));
    });
  });
}
