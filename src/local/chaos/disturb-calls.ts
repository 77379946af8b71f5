import { AwsError } from '../aws-error.ts';
import type { Intercept } from '../endpoint/request-handler.ts';
import type { Injector } from './injector.ts';
import { type ChaosKind, kindsAt } from './kinds.ts';
import type { Draw } from './plan.ts';

type Call = Parameters<Intercept>[0];

/** Within the shortest time after which a function's client gives up on an answer, 10 s. */
const SLOW_MS = [500, 8_000] as const;

/** Stands around the calls that functions make. */
export function createCallDisturbance(injector: Injector): Intercept {
  const answers = createLaggingAnswers();

  const disturb = async (draw: Draw, call: Call, next: () => Promise<object>): Promise<object> => {
    const answer = draw.kind.startsWith('lagging-') ? answers.previous(call, draw.amount) : undefined;
    return answer ?? disturbAnswer(draw.kind, next, () => injector.pause(draw, ...SLOW_MS));
  };

  return async (call, next) => {
    const remembering = async () => {
      const answer = await next();
      answers.remember(call, answer);
      return answer;
    };
    const draw = injector.draw(kindsFor(call, answers.has(call)));
    if (draw === undefined) return remembering();
    injector.note(draw, `${call.service}.${call.operation}`);
    return disturb(draw, call, remembering);
  };
}

/**
 * What the network, or a limit of the service, does to a call and its answer.
 * @param delay holds an answer back
 * @throws AwsError in place of an answer
 */
export async function disturbAnswer(
  kind: string,
  next: () => Promise<object>,
  delay: () => Promise<void>,
): Promise<object> {
  if (kind === 'throttle') throw new AwsError('ThrottlingException', 'Rate exceeded');
  if (kind === 'wrapped-throttle') throw new AwsError('ValidationException', WRAPPED);
  if (kind === 'error-before') throw internalFailure();
  const answer = await next();
  if (kind === 'error-after') throw internalFailure();
  if (kind === 'slow-answer') await delay();
  return answer;
}

/** The kinds that can strike at a call: no answer lags behind the first one. */
function kindsFor(call: Call, hasPrevious: boolean): readonly ChaosKind[] {
  const lag = hasPrevious ? lagOf(call) : undefined;
  return kindsAt('call').filter((kind) => {
    if (kind === 'wrapped-throttle') return call.service === 'redshift-data';
    return kind === lag || !kind.startsWith('lagging-');
  });
}

/** As it was seen of Redshift Serverless: a name that no SDK tries again. */
const WRAPPED =
  'Redshift Serverless GetCredentials failed: ThrottlingException: Rate exceeded (Status Code: 400)';

const internalFailure = () =>
  new AwsError('InternalFailure', 'The request processing has failed because of an unknown error.', 500);

/** Operations whose answers lag behind what they tell of, and the kind of fault that it is. */
const LAGGING: Readonly<Record<string, ChaosKind>> = {
  'stepfunctions.ListExecutions': 'lagging-list',
  'redshift-data.ListStatements': 'lagging-list',
  'dms.DescribeReplicationTasks': 'lagging-describe',
};

/** The kind of lag that a call can have; undefined for one that answers the truth. */
function lagOf({ service, operation }: Call): ChaosKind | undefined {
  return LAGGING[`${service}.${operation}`];
}

/** An answer may be as old as the fifth to last: one that lags can be older than one that was given meanwhile. */
const KEPT_ANSWERS = 5;

/** The last true answers of the operations that can lag, by what was asked. */
function createLaggingAnswers() {
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
