import type { Pipeline } from '../../definition/pipeline.ts';
import type { FindingOf } from '../finding.ts';
import { nonatomicProcedure } from '../sql/nonatomic.ts';

/** Steps that call a procedure which the files make NONATOMIC, and do not say so. @param statements of sql/migrations */
export function judgeNonatomic(
  pipelines: readonly Pipeline[],
  statements: readonly string[],
): readonly FindingOf[] {
  const names = new Set(statements.map(nonatomicProcedure));
  return pipelines.flatMap(({ name: pipeline, steps }) =>
    steps.flatMap((step) => {
      if (step.kind !== 'call' || step.commits) return [];
      return step.calls
        .filter(({ procedure }) => names.has(procedure))
        .map(
          ({ procedure }): FindingOf => ({
            ...{ id: 'commits-unmarked', severity: 'problem' },
            where: { pipeline, step: step.name, object: procedure },
            what: `${procedure} is NONATOMIC in sql/migrations, and its step is not marked \`commits: true\`.`,
            consequence:
              'Each of its statements commits by itself, so that a failed step leaves half of its work.',
            repair:
              'Leave NONATOMIC out, or mark the step `commits: true` (docs/pipelines.md says what that costs).',
          }),
        );
    }),
  );
}
