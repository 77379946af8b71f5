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
  const shown = longerSteps(pipelines, statementTimeoutMs);
  if (shown === undefined) return [];
  return [
    {
      ...{ id: 'statement-timeout', severity: 'warning', where: { user } },
      what: `statement_timeout is ${statementTimeoutMs} ms for user ${user}, and these steps may run longer: ${shown}.`,
      consequence:
        'Redshift cancels the statement then. The step fails with class limit, which is not submitted again by default.',
      repair: `ALTER USER "${user}" SET statement_timeout TO 0; or give the steps a shorter timeoutSeconds in src/pipelines`,
    },
  ];
}

/** The steps that may run longer than a limit, in words; undefined where there are none. */
export function longerSteps(pipelines: readonly Pipeline[], limitMs: number): string | undefined {
  const longer = pipelines
    .flatMap(({ steps }) => steps)
    .filter(({ timeoutSeconds }) => timeoutSeconds * 1_000 > limitMs);
  if (longer.length === 0) return undefined;
  const shown = longer.slice(0, SHOWN).map(({ name, timeoutSeconds }) => `${name} (${timeoutSeconds} s)`);
  return `${shown.join(', ')}${longer.length > SHOWN ? ` and ${longer.length - SHOWN} more` : ''}`;
}
