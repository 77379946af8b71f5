import { describe, expect, it } from 'vitest';
import { countFindings, findingLines } from '../../../src/cli/check/finding-lines.ts';
import {
  exitCodeOf,
  type Finding,
  lookAt,
  type Severity,
  sortFindings,
} from '../../../src/preflight/finding.ts';

const finding = (severity: Severity, id = 'x'): Finding => ({
  ...{ id, severity, area: 'dms', where: { task: 'nightly' }, what: 'It is so.' },
  ...{ consequence: 'The load fails.', repair: 'aws dms modify-replication-task' },
});

describe('findings', () => {
  it('looks that fail for one reason are one finding, and the others go on', async () => {
    const found = await lookAt('stage', [
      { what: 'the rules', find: () => Promise.reject(new Error('AccessDenied')) },
      { what: 'the queues', find: async () => [finding('warning')] },
      { what: 'the alarms', find: () => Promise.reject(new Error('AccessDenied')) },
    ]);

    expect(found).toMatchObject([
      { id: 'x', severity: 'warning' },
      {
        ...{ id: 'could-not-look', severity: 'uncertain', area: 'stage' },
        what: 'Not looked at: the rules, the alarms. AccessDenied',
      },
    ]);
  });

  it.each<[string, readonly Finding[], number]>([
    ['nothing', [], 0],
    ['a warning', [finding('warning')], 0],
    ['something that nobody can know', [finding('uncertain')], 0],
    [
      'something that could not be looked at',
      [finding('uncertain', 'could-not-look'), finding('warning')],
      2,
    ],
    ['a problem, whatever else', [finding('uncertain', 'could-not-look'), finding('problem')], 1],
  ])('the exit code for %s', (_title, findings, code) => {
    expect(exitCodeOf(findings)).toBe(code);
  });

  it('the worst come first', () => {
    const sorted = sortFindings([finding('uncertain'), finding('problem'), finding('warning')]);

    expect(sorted.map(({ severity }) => severity)).toEqual(['problem', 'warning', 'uncertain']);
  });

  it('are shown with what follows and what to do', () => {
    expect(findingLines([finding('problem')], 100)).toEqual([
      'DMS',
      '  ✗ task nightly: It is so.',
      '    The load fails.',
      '    → aws dms modify-replication-task',
      '',
    ]);
    expect(countFindings([finding('problem'), finding('problem'), finding('uncertain')])).toBe(
      '2 problems, 1 uncertain',
    );
  });
});
