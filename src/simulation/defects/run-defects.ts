import '../product/handler-environment.ts';

import * as z from 'zod';
import { createLambdaHandler } from '../../aws/lambda-handler.ts';
import { StatusEventSchema } from '../../executions/status-event.ts';
import { describeCurrentLoad } from '../../loads/current-load.ts';
import { createRunGuard } from '../../runs/run-guard.ts';
import { TurnRequestSchema } from '../../runs/take-turn.ts';
import { confirmLoad, type VerifyRequest, VerifyRequestSchema } from '../../runs/verify/verify-load.ts';
import { countRows } from '../../statements/count-rows.ts';
import { stopStatements } from '../../statements/stop.ts';
import { TASK_TABLES, type TaskIdentifier } from '../plan/pipeline-catalog.ts';
import { createFunction, type ModelHandler } from '../product/functions.ts';
import type { Defect, Variation } from '../product/variation.ts';

type Replacement = NonNullable<NonNullable<Variation['functions']>['take-turn']>;

const alwaysMyTurn: Replacement = () =>
  createLambdaHandler(z.unknown(), async () => ({
    ...{ turn: 'mine', waitSeconds: 0, reason: 'nobody is asked' },
  })) as unknown as ModelHandler;

/** Whatever is not the run's own finished load counts as a newer one. */
const lateIsNewer: Replacement = (clients, settings) => {
  const handler = createFunction('take-turn', clients, settings);
  return async (event, context) => {
    for (const { arn, startedAt } of TurnRequestSchema.parse(event).load.tasks) {
      const current = await describeCurrentLoad(clients.dms, { arn });
      if (current.kind === 'finished' && current.startedAt.toISOString() === startedAt) continue;
      return { turn: 'superseded', waitSeconds: 0, reason: 'DMS shows another load' };
    }
    return handler(event, context);
  };
};

/** Rows are counted, and nothing is asked. */
const noVerify: Replacement = ({ api, dms }, { clock, random }) =>
  createLambdaHandler(VerifyRequestSchema, async (request, { remainingMs }) => {
    const context = { api, dms, clock, random, remainingMs };
    if (request.phase === 'confirm') return confirmLoad(context, request);
    const tables = request.stagedTables.map(({ table }) => table);
    const rows = await countRows(context, request, tables);
    return {
      stagedRows: Object.entries(rows)
        .map((entry) => entry.join('='))
        .join(','),
    };
  }) as unknown as ModelHandler;

/** The table of a source name is that of the first task that has one, whichever was meant. */
const countsByNameAlone: Replacement = (clients, settings) => {
  const handler = createFunction('verify-load', clients, settings);
  return (event: VerifyRequest, context) => {
    const names = event.load.tasks.map(({ identifier }) => identifier as TaskIdentifier);
    const taskOf = (source: string | null) =>
      names.find((name) => TASK_TABLES[name].some((table) => `source.${table}` === source)) ?? null;
    const stagedTables = event.stagedTables.map((table) => ({ ...table, task: taskOf(table.source) }));
    return handler({ ...event, stagedTables } as never, context);
  };
};

const unguardedStop: Replacement = ({ api }) =>
  createLambdaHandler(StatusEventSchema, async ({ detail }) =>
    stopStatements(api, detail.executionArn),
  ) as unknown as ModelHandler;

/** Who believes that the load will be in time says nothing at its deadline either. */
const silentAtDeadline: Replacement = (clients, settings) => {
  const handler = createFunction('notify-outcome', clients, settings);
  return async (event, context) =>
    (event as { readonly source?: string }).source === 'aws.events' ? undefined : handler(event, context);
};

/** Mistakes in when runs begin, go on and are ended. */
export const RUN_DEFECTS: readonly Defect[] = [
  {
    name: 'no turn-taking and no fence',
    variation: { functions: { 'take-turn': alwaysMyTurn }, transaction: { isFenced: false } },
  },
  { name: 'counts looked up by name alone', variation: { functions: { 'verify-load': countsByNameAlone } } },
  { name: 'deadline silenced', variation: { functions: { 'notify-outcome': silentAtDeadline } } },
  { name: 'no verify', variation: { functions: { 'verify-load': noVerify } } },
  { name: 'late Describe taken as superseded', variation: { functions: { 'take-turn': lateIsNewer } } },
  { name: 'late stop event not guarded', variation: { functions: { 'stop-statements': unguardedStop } } },
  {
    name: 'redrive without guard',
    variation: {
      guard: (clients) => ({ ...createRunGuard(clients), allowSubmission: async () => {} }),
    },
  },
];
