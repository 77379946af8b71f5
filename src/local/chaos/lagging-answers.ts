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

/** The last true answers of the operations that can lag, by what was asked. */
export function createLaggingAnswers() {
  const answers = new Map<string, object>();
  const keyOf = ({ service, operation, input }: Call) => `${service}.${operation} ${JSON.stringify(input)}`;
  return {
    previous: (call: Call): object | undefined => answers.get(keyOf(call)),
    remember(call: Call, answer: object): void {
      if (lagOf(call) !== undefined) answers.set(keyOf(call), answer);
    },
  };
}
