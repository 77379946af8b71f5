import type { Clock } from '../../../../clock.ts';
import type { StoredStatement } from '../statement.ts';

/** Milliseconds: https://docs.aws.amazon.com/redshift/latest/mgmt/data-api-calling-considerations-idempotency.html */
const TOKEN_LIFETIME_MS = 8 * 60 * 60 * 1000;

export interface ClientTokens {
  /** The statement that was submitted with this token in the last eight hours, whatever its SQL. */
  find(token: string): StoredStatement | undefined;
  remember(token: string, statement: StoredStatement): void;
}

/** What makes a repeated request answer with the first one's statement. */
export function createClientTokens(clock: Pick<Clock, 'now'>): ClientTokens {
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
