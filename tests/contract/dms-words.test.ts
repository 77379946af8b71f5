import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { STOP_REASONS } from '../../src/loads/stop-reason.ts';
import { STATUSES } from '../../src/loads/task-status.ts';
import { VERDICTS } from '../../src/loads/validation.ts';

const types = new URL(
  '../../node_modules/@aws-sdk/client-database-migration-service/dist-types/models/models_0.d.ts',
  import.meta.url,
);
const source = await readFile(types, 'utf8');

/** What the SDK says of a member of a type, on one line. */
function commentOf(type: string, member: string): string {
  const body = source.split(`export interface ${type} {`)[1]?.split('\n}')[0] ?? '';
  const before = body.split(`    ${member}?:`)[0] ?? '';
  return (before.split('/**').at(-1) ?? '').replaceAll(/\s*\n\s*\*\s*/g, ' ');
}
const words = (text: string, pattern: RegExp) =>
  [...new Set([...text.matchAll(pattern)].map(([, word = '']) => word))].toSorted();

describe('the words of DMS, as the SDK documents them', () => {
  it('are all known: stop reasons', () => {
    const documented = words(commentOf('ReplicationTask', 'StopReason'), /Stop Reason ([A-Z_]+)/g);

    expect(Object.keys(STOP_REASONS).toSorted()).toEqual(documented);
  });

  it('are all known: statuses of a task', () => {
    const documented = words(commentOf('ReplicationTask', 'Status'), /"([a-z-]+)(?:"|<\/code>)/g);

    expect(Object.keys(STATUSES).toSorted()).toEqual(documented);
  });

  it('are all known: validation states of a table', () => {
    const documented = words(commentOf('TableStatistics', 'ValidationState'), /<p>([A-Z][a-z ]+?) *–/g);

    expect(Object.keys(VERDICTS).toSorted()).toEqual(documented);
  });
});
