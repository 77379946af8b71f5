import type { TableState, TableValidation } from './table-statistics.ts';

/** The result of DMS's own comparison of source and target. */
export interface ValidationJudgement {
  /** Tables that differ, or could not be compared because of an error. */
  readonly problems: readonly string[];
  /** Tables whose comparison has not ended yet. */
  readonly pending: readonly string[];
  /** Tables that cannot be compared. */
  readonly warnings: readonly string[];
}

type Verdict = 'fine' | 'different' | 'pending' | 'impossible';

/** Every state that DMS documents. https://docs.aws.amazon.com/dms/latest/APIReference/API_TableStatistics.html */
export const VERDICTS: Readonly<Record<string, Verdict>> = {
  'Not enabled': 'fine',
  Validated: 'fine',
  'Mismatched records': 'different',
  'Suspended records': 'different',
  'Table error': 'different',
  Error: 'different',
  'Pending records': 'pending',
  'Pending validation': 'pending',
  'Pending revalidation': 'pending',
  'Preparing table': 'pending',
  'No primary key': 'impossible',
};

/** Judges the tables of a task. An unknown state counts as a difference. */
export function judgeValidation(tables: readonly TableState[]): ValidationJudgement {
  const of = (wanted: Verdict) =>
    tables.flatMap(({ source, validation }) =>
      validation !== undefined && verdictOf(validation) === wanted
        ? [`${source}: validation says "${validation.state}"${countsOf(validation)}`]
        : [],
    );
  return { problems: of('different'), pending: of('pending'), warnings: of('impossible') };
}

/** Records that differ count as a difference, even while others are still pending. */
function verdictOf({ state, failed }: TableValidation): Verdict {
  const verdict = VERDICTS[state] ?? 'different';
  return verdict === 'pending' && failed > 0 ? 'different' : verdict;
}

function countsOf({ failed, suspended, pending, details }: TableValidation): string {
  const counts = Object.entries({ failed, suspended, pending }).filter(([, count]) => count > 0);
  return [...counts.map(([what, count]) => `, ${count} ${what}`), details ? `: ${details}` : ''].join('');
}
