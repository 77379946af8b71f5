import type { Migration } from '../migrations/migration.ts';
import type { ReviewedPlan } from '../migrations/plan.ts';
import { type Change, type ChangeKind, change } from './change.ts';

/** What `npm run migrate` would do to the warehouse before this tree runs. */
export function describeDue({ contradictions, due }: ReviewedPlan): readonly Change[] {
  return [
    ...contradictions.map((text) =>
      change(
        'migration-contradicts',
        { object: text.split(': ')[0] ?? '' },
        text.slice(text.indexOf(': ') + 2),
      ),
    ),
    ...due.map((migration) =>
      change(kindOf(migration), { object: migration.script }, 'would be applied by npm run migrate'),
    ),
  ];
}

function kindOf({ kind }: Migration): ChangeKind {
  if (kind === 'versioned') return 'version-due';
  return kind === 'repeatable' ? 'repeatable-due' : 'own-tables-due';
}
