import { clientToken } from '../../data-api/identity.ts';
import type { Defect } from './defect.ts';

/** Mistakes in how statements are submitted, found again and understood. */
export const STATEMENT_DEFECTS: readonly Defect[] = [
  {
    name: 'random ClientToken',
    variation: {
      rewriteInput: (_, input, { random }) =>
        'ClientToken' in input ? { ...input, ClientToken: `token-${random()}` } : input,
    },
  },
  {
    name: 'redrive count in the token',
    variation: {
      rewriteInput: (_, input, { event }) =>
        'ClientToken' in input ? { ...input, ClientToken: withRedriveCount(input, event) } : input,
    },
  },
  { name: 'no fence', variation: { fence: { isFenced: false } } },
  { name: 'no staging count', variation: { fence: { countsStaging: false } } },
  {
    name: 'no adoption at redrive',
    variation: {
      rewriteAnswer: (name, answer, input) =>
        name === 'ListStatements' && 'StatementName' in input ? { Statements: [] } : answer,
    },
  },
  {
    name: 'ABORTED taken as running',
    variation: {
      rewriteAnswer: async (name, answer, input, clock) => {
        if (name !== 'DescribeStatement' || !('Status' in answer) || answer.Status !== 'ABORTED')
          return answer;
        const { WaitTimeSeconds = 1 } = input as { WaitTimeSeconds?: number };
        // As long as a statement is waited for that runs.
        await clock.sleep(WaitTimeSeconds * 1000);
        return { ...answer, Status: 'STARTED' };
      },
    },
  },
];

function withRedriveCount(input: object, event: unknown): string {
  const { ClientToken = '' } = input as { ClientToken?: string };
  const { execution } = event as { execution: { redriveCount: number } };
  return clientToken({
    ...{ executionArn: ClientToken, executionName: '', step: '' },
    attempt: execution.redriveCount,
  });
}
