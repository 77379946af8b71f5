import type { Pipeline } from '../../definition/pipeline.ts';
import type { FindingOf } from '../finding.ts';

/** Steps that are named at most. */
const SHOWN = 5;

/** Whether the user's statements are cancelled before the steps' own time is over. */
export function judgeTimeout(
  pipelines: readonly Pipeline[],
  statementTimeoutMs: number,
  user: string,
): readonly FindingOf[] {
  if (statementTimeoutMs <= 0) return [];
  const steps = pipelines.flatMap(({ steps: all }) => all);
  const longer = steps.filter(({ timeoutSeconds }) => timeoutSeconds * 1_000 > statementTimeoutMs);
  if (longer.length === 0) return [];
  const shown = longer.slice(0, SHOWN).map(({ name, timeoutSeconds }) => `${name} (${timeoutSeconds} s)`);
  const more = longer.length > SHOWN ? ` and ${longer.length - SHOWN} more` : '';
  return [
    {
      ...{ id: 'statement-timeout', severity: 'warning', where: { user } },
      what: `statement_timeout is ${statementTimeoutMs} ms for user ${user}, and these steps may run longer: ${shown.join(', ')}${more}.`,
      consequence:
        'Redshift cancels the statement then. The step fails with class limit, which is not submitted again by default.',
      repair: `ALTER USER "${user}" SET statement_timeout TO 0; or give the steps a shorter timeoutSeconds in src/pipelines`,
    },
  ];
}
