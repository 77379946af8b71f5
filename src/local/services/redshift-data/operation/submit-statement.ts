import type { Clock } from '../../../../clock.ts';
import { AwsError } from '../../../aws-error.ts';
import type { EventBus } from '../../../contracts.ts';
import type { Runner } from '../run-statement.ts';
import {
  createStatement,
  type StatementSpec,
  type StoredStatement,
  statementStatusEvent,
} from '../statement.ts';
import type { StatementStore } from '../statement-store.ts';

/** Statements that may be submitted and not ended, per cluster: https://docs.aws.amazon.com/redshift/latest/mgmt/data-api.html */
const ACTIVE_STATEMENTS = 500;

export interface SubmitterOptions {
  readonly clock: Clock;
  /** UUIDs of statements. */
  readonly ids: () => string;
  readonly bus: EventBus;
  readonly store: StatementStore;
  readonly run: Runner;
  /** Told what a background task threw. */
  readonly reportFault: (error: unknown) => void;
}

/**
 * Takes a statement in and starts it; with a token that was used in the last 8 hours, the statement of then.
 * @throws AwsError ActiveStatementsExceededException
 */
export type Submitter = (spec: StatementSpec, clientToken: string | undefined) => StoredStatement;

export function createSubmitter(options: SubmitterOptions): Submitter {
  const { clock, store } = options;
  const tokens = createClientTokens(clock);
  let sequence = 0;

  const follow = async (statement: StoredStatement) => {
    await options.run(statement);
    store.markEnded(statement);
    if (statement.withEvent) await options.bus.publish(statementStatusEvent(statement));
  };

  return (spec, clientToken) => {
    const earlier = clientToken === undefined ? undefined : tokens.find(clientToken);
    if (earlier) return earlier;
    if (store.countActive(spec.target.key) >= ACTIVE_STATEMENTS) throw tooManyActive();
    sequence += 1;
    const statement = createStatement(spec, flat(options.ids()), sequence, clock.now());
    store.add(statement);
    if (clientToken !== undefined) tokens.remember(clientToken, statement);
    follow(statement).catch(options.reportFault);
    return statement;
  };
}

/** randomUUID's string is a tree of its pieces, half a kilobyte for as long as the id is kept: this is its text alone. */
const flat = (id: string) => Buffer.from(id).toString();

const tooManyActive = () =>
  new AwsError(
    'ActiveStatementsExceededException',
    `Active statements exceeded the allowed quota (${ACTIVE_STATEMENTS}).`,
  );

/** Milliseconds: https://docs.aws.amazon.com/redshift/latest/mgmt/data-api-calling-considerations-idempotency.html */
const TOKEN_LIFETIME_MS = 8 * 60 * 60 * 1000;

export interface ClientTokens {
  /** The statement that was submitted with this token in the last eight hours, whatever its SQL. */
  find(token: string): StoredStatement | undefined;
  remember(token: string, statement: StoredStatement): void;
}

/** What makes a repeated request answer with the first one's statement. */
function createClientTokens(clock: Pick<Clock, 'now'>): ClientTokens {
  const statements = new Map<string, StoredStatement>();

  const forgetOld = () => {
    const oldest = clock.now() - TOKEN_LIFETIME_MS;
    for (const [token, { progress }] of statements) {
      if (progress.createdAt > oldest) break;
      statements.delete(token);
    }
  };

  return {
    find: (token) => {
      forgetOld();
      return statements.get(token);
    },
    remember: (token, statement) => void statements.set(token, statement),
  };
}
