import { GetExecutionHistoryCommand, UpdateStateMachineCommand } from '@aws-sdk/client-sfn';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { localDefinition } from '../../../src/local-stage/local-machine.ts';
import { localMachineArn } from '../../../src/local-stage/local-stage.ts';
import { type Sample, startSample } from '../sample-stack.ts';
import { auditedPipeline } from './audited-pipeline.ts';
import { watchStack } from './watched-stack.ts';

const STEPS = ['Load_Customer_Dim', 'Load_Sales_Fact'];

let sample: Sample;
/** Operations of the Data API that functions have called, and the statement's name without that of the run. */
let calls: (readonly [operation: string, statement: string])[];
const names = new Map<string, string>();

const chaos = watchStack({
  intercept: async ({ service, operation, input }, next) => {
    const answer = await next();
    if (service !== 'redshift-data') return answer;
    const { StatementName, Id = '' } = input as { StatementName?: string; Id?: string };
    const name = (StatementName ?? names.get(Id) ?? '').replace(/^[^/]*\//, '');
    if (StatementName !== undefined) names.set((answer as { Id?: string }).Id ?? '', StatementName);
    calls.push([operation, name]);
    return answer;
  },
});

/** Loads once; what the steps have cost: calls of the Data API, and events of the run while a step's states are the current ones. */
async function loadWith(audited: boolean) {
  const pipeline = auditedPipeline(undefined, audited);
  const definition = JSON.stringify(localDefinition(pipeline));
  const stateMachineArn = localMachineArn(pipeline.name);
  await sample.sfn.send(new UpdateStateMachineCommand({ stateMachineArn, definition }));
  calls = [];
  await sample.load();
  const { status, executionArn } = await sample.lastRun();
  const { events = [] } = await sample.sfn.send(
    new GetExecutionHistoryCommand({ executionArn, maxResults: 1000 }),
  );
  let state = '';
  const transitions = events.map(({ type = '', stateEnteredEventDetails }) => {
    state = stateEnteredEventDetails?.name ?? state;
    return [state, type] as const;
  });
  const isOfStep = (name: string) => STEPS.some((step) => name.includes(step));
  return {
    status,
    calls: calls.filter(([, statement]) => isOfStep(statement)),
    transitions: transitions.filter(([name]) => isOfStep(name)),
    others: calls.filter(([, statement]) => !isOfStep(statement)),
  };
}

describe('what audits cost a step beside their queries', () => {
  beforeAll(async () => {
    sample = await startSample({ pipelines: [auditedPipeline(undefined)], chaos });
  });
  afterAll(() => sample.close());

  it('is nothing: no call of the Data API and no event of the run is added', async () => {
    const without = await loadWith(false);
    const audited = await loadWith(true);

    expect(audited.status).toBe('SUCCEEDED');
    expect(audited.calls).toEqual(without.calls);
    expect(audited.transitions).toEqual(without.transitions);
    expect(audited.calls).toEqual(
      STEPS.flatMap((step) => [
        ['BatchExecuteStatement', `${step}/1`],
        ['DescribeStatement', `${step}/1`],
      ]),
    );
    expect(audited.transitions.filter(([, type]) => type.endsWith('StateEntered'))).toHaveLength(
      2 * STEPS.length,
    );
  });

  it('is two calls at the end of the run, which read what all audits have found', async () => {
    const without = await loadWith(false);
    const audited = await loadWith(true);

    const added = audited.others.filter(([, statement]) => statement.startsWith('Confirm_Load_audits'));
    expect(added.map(([operation]) => operation)).toEqual(['ExecuteStatement', 'GetStatementResult']);
    expect(audited.others).toHaveLength(without.others.length + added.length);
  });
});
