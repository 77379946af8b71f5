import { BatchExecuteStatementCommand } from '@aws-sdk/client-redshift-data';
import { createJumpingClock } from '../../fixtures/jumping-clock.ts';
import { mockClients } from '../../fixtures/mocked-clients.ts';
import { openGuard, runningRecord, SUBMITTED_AT } from '../../fixtures/step-request.ts';

const { clients, ...mocked } = mockClients();
export const { api } = mocked;
const clock = createJumpingClock(SUBMITTED_AT);
export const context = {
  api: clients.api,
  clock,
  random: () => 0,
  guard: openGuard,
};
export const submitted = { Id: runningRecord.id, CreatedAt: new Date(SUBMITTED_AT) };

export const lastSubmission = () => api.commandCalls(BatchExecuteStatementCommand).at(-1)?.args[0].input;
