import { ListStatementsCommand } from '@aws-sdk/client-redshift-data';
import type { RunGuard } from '../../../src/statements/attempt.ts';
import { followStatement } from '../../../src/statements/follow.ts';
import { createJumpingClock } from '../../fixtures/jumping-clock.ts';
import { mockClients } from '../../fixtures/mocked-clients.ts';
import { checkRequest, openGuard, runningRecord, SUBMITTED_AT } from '../../fixtures/step-request.ts';

const { clients, ...mocked } = mockClients();
export const { api } = mocked;

const FIFTEEN_MINUTES_MS = 900_000;
export const apiError = (name: string, message = name) => Object.assign(new Error(message), { name });

export function follow(
  options: {
    remainingMs?: number;
    at?: string;
    statement?: object;
    request?: typeof checkRequest;
    guard?: RunGuard;
  } = {},
) {
  const clock = createJumpingClock(options.at ?? SUBMITTED_AT);
  const remainingMs = () => options.remainingMs ?? FIFTEEN_MINUTES_MS;
  const { api } = clients;
  const context = { api, clock, random: () => 0, remainingMs, guard: options.guard ?? openGuard };
  const request = {
    ...(options.request ?? checkRequest),
    statement: { ...runningRecord, ...options.statement },
  };
  return { clock, record: followStatement(context, request) };
}

/** The Data API knows no other statement. */
export function reset(): void {
  api.reset();
  api.on(ListStatementsCommand).resolves({ Statements: [] });
}
