import type { Intercept } from '../endpoint/request-handler.ts';
import type { ChaosKind } from './kinds.ts';

type Call = Parameters<Intercept>[0];

/** Operations whose answers lag behind what they tell of, and the kind of fault that it is. */
const LAGGING: Readonly<Record<string, ChaosKind>> = {
  'stepfunctions.ListExecutions': 'lagging-list',
  'redshift-data.ListStatements': 'lagging-list',
  'dms.DescribeReplicationTasks': 'lagging-describe',
};

/** The kind of lag that a call can have; undefined for one that answers the truth. */
export function lagOf({ service, operation }: Call): ChaosKind | undefined {
  return LAGGING[`${service}.${operation}`];
}

/** An answer may be as old as the fifth to last: one that lags can be older than one that was given meanwhile. */
const KEPT_ANSWERS = 5;

/** The last true answers of the operations that can lag, by what was asked. */
export function createLaggingAnswers() {
  const answers = new Map<string, readonly object[]>();
  const keyOf = ({ service, operation, input }: Call) => `${service}.${operation} ${JSON.stringify(input)}`;
  return {
    has: (call: Call): boolean => answers.has(keyOf(call)),
    /** @param age from 0, the last one, up to, not including, 1, the oldest */
    previous(call: Call, age: number): object | undefined {
      const known = answers.get(keyOf(call)) ?? [];
      return known[Math.floor(age * known.length)];
    },
    remember(call: Call, answer: object): void {
      if (lagOf(call) === undefined) return;
      const key = keyOf(call);
      answers.set(key, [answer, ...(answers.get(key) ?? [])].slice(0, KEPT_ANSWERS));
    },
  };
}
