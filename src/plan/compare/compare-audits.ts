import { type Change, type ChangePlace, change } from '../change.ts';
import type { AuditFacts } from '../machine/read-statements.ts';
import { compareSeverities } from './compare-severities.ts';

/** Audits are known by their names, which say what they look at. */
export function compareAudits(
  where: ChangePlace,
  before: readonly AuditFacts[],
  after: readonly AuditFacts[],
): readonly Change[] {
  const was = new Map(before.map((audit) => [audit.name, audit]));
  const is = new Map(after.map((audit) => [audit.name, audit]));
  return [
    ...before
      .filter(({ name }) => !is.has(name))
      .map((audit) => change('audit-gone', where, `${describeAudit(audit)} is no longer there`)),
    ...after.flatMap((audit) => {
      const earlier = was.get(audit.name);
      if (earlier === undefined) return [change('audit-added', where, `${describeAudit(audit)} is new`)];
      return compareAudit(where, earlier, audit);
    }),
  ];
}

function compareAudit(where: ChangePlace, before: AuditFacts, after: AuditFacts): readonly Change[] {
  const what = `audit "${after.name}"`;
  return [
    ...compareSeverities(where, before.severity, after.severity, what),
    ...(before.sql === after.sql
      ? []
      : [change('audit-changed', where, `${what} counts otherwise: ${after.sql}`)]),
    ...(before.showsRows === after.showsRows
      ? []
      : [change('rows-shown', where, `${what} shows rows: ${after.showsRows ? 'yes' : 'no'}`)]),
  ];
}

function describeAudit({ name, severity }: AuditFacts): string {
  return `audit "${name}" (${severity})`;
}
