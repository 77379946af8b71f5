import type { FindingOf } from '../finding.ts';

/** How the files of sql/migrations and a warehouse stand to each other. */
export interface MigrationReview {
  /** Where the files contradict what is applied, a sentence each. */
  readonly contradictions: readonly string[];
  /** Names of what would be applied. */
  readonly due: readonly string[];
}

/** Migrations that are due, and files that contradict the history. */
export function judgeMigrations(
  { contradictions, due }: MigrationReview,
  migrate: string,
): readonly FindingOf[] {
  return [
    ...contradictions.map(
      (text): FindingOf => ({
        ...{
          id: 'migration-contradicts',
          severity: 'problem',
          where: { object: text.slice(0, text.indexOf(': ')) },
        },
        what: `${text}.`,
        consequence: 'npm run migrate refuses to apply anything, and the warehouse differs from the files.',
        repair: `Do what the sentence says, then: ${migrate}`,
      }),
    ),
    ...(due.length === 0 ? [] : [behind(due, migrate)]),
  ];
}

function behind(due: readonly string[], migrate: string): FindingOf {
  return {
    ...{ id: 'migrations-due', severity: 'problem', where: {} },
    what: `The warehouse is behind sql/migrations. Not applied: ${due.join(', ')}.`,
    consequence: 'The pipelines of this tree expect tables, procedures and grants that are not there yet.',
    repair: migrate,
  };
}
