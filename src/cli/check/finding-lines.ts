import type { Area, Finding, Severity, Where } from '../../preflight/finding.ts';
import { wrap } from '../screen/wrap.ts';

const MARKS: Readonly<Record<Severity, string>> = { problem: '✗', warning: '!', uncertain: '?' };
const AREAS: Readonly<Record<Area, string>> = { warehouse: 'Warehouse', dms: 'DMS', stage: 'Stage' };
const NAMES: Readonly<Record<Severity, readonly [string, string]>> = {
  problem: ['problem', 'problems'],
  warning: ['warning', 'warnings'],
  uncertain: ['uncertain', 'uncertain'],
};

/** All findings as lines of text, by what was looked at. @param columns characters that a line should have at most */
export function findingLines(findings: readonly Finding[], columns: number): readonly string[] {
  const groups = Map.groupBy(findings, ({ area }) => area);
  return [...groups].flatMap(([area, found]) => [
    AREAS[area],
    ...found.flatMap((finding) => linesOf(finding, columns)),
    '',
  ]);
}

function linesOf(
  { severity, where, what, consequence, repair }: Finding,
  columns: number,
): readonly string[] {
  const place = describeWhere(where);
  const indent = { first: '    ', rest: '    ' };
  return [
    ...wrap(`${place === '' ? '' : `${place}: `}${what}`, columns, {
      first: `  ${MARKS[severity]} `,
      rest: '    ',
    }),
    ...wrap(consequence, columns, indent),
    ...wrap(`→ ${repair}`, columns, { first: '    ', rest: '      ' }),
  ];
}

function describeWhere({ pipeline, step, task }: Where): string {
  return [
    ...(pipeline === undefined ? [] : [pipeline]),
    ...(step === undefined ? [] : [step]),
    ...(task === undefined ? [] : [`task ${task}`]),
  ].join(', ');
}

/** `3 problems, 1 warning` */
export function countFindings(findings: readonly Finding[]): string {
  const severities: readonly Severity[] = ['problem', 'warning', 'uncertain'];
  return severities
    .map((severity) => ({
      severity,
      found: findings.filter((finding) => finding.severity === severity).length,
    }))
    .filter(({ found }) => found > 0)
    .map(({ severity, found }) => `${found} ${NAMES[severity][found === 1 ? 0 : 1]}`)
    .join(', ');
}
