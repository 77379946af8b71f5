import type { Description } from '../../data-api/describe.ts';
import type { StepRequest } from '../step-request.ts';

/** What the SQL error alone does not tell a person. */
export interface FailureHint {
  readonly text: string;
  /** Whether staging no longer holds the load. A new load is needed then; a repair and a redrive do not help. */
  readonly needsLoad: boolean;
}

type FailedStep = Pick<StepRequest, 'policy'> & Partial<Pick<StepRequest, 'parameters'>>;

/** The fence's code stands at the beginning of the message. The same letters elsewhere mean nothing. */
const FENCE_ERROR = /^(?:Query #\d+ failed with )?(?:ERROR:\s*)?ELT_(STALE|STAGING):/;
const MISSING_RELATION = /relation "([^"]+)" does not exist/;

/** Redshift uses the first text for a procedure that commits, the second for statements like VACUUM. */
const NEEDS_NO_TRANSACTION =
  /cannot be invoked from a procedure that is executing in an atomic context|cannot run inside a transaction block/i;

/**
 * Whether a statement failed because staging has changed, or because the fence has recorded a newer load. The error
 * does not say whether a newer load is the reason: DMS must be asked.
 */
export function isAboutStaging(step: FailedStep, description: Description): boolean {
  const { error = '' } = description;
  return FENCE_ERROR.test(error) || missingStagedTable(step, error) !== undefined;
}

/**
 * Says what happened and what to do, for failures whose SQL error does not say it. DMS still shows the load of the
 * run: otherwise the run would have ended with LoadChanged.
 */
export function explainFailure(step: FailedStep, { error = '' }: Description): FailureHint | undefined {
  const [, refusal] = FENCE_ERROR.exec(error) ?? [];
  if (refusal === 'STALE') return { text: staleText(step), needsLoad: false };
  if (refusal === 'STAGING')
    return { text: stagingText(step, /ELT_STAGING: (.+?) has -?\d+ rows/.exec(error)?.[1]), needsLoad: true };
  const gone = missingStagedTable(step, error);
  if (gone !== undefined) return { text: `${stagingText(step, gone)} ${MAKE_AGAIN}`, needsLoad: true };
  if (NEEDS_NO_TRANSACTION.test(error) && !step.policy.commits) return { text: COMMITS, needsLoad: false };
  return undefined;
}

/** The staged table that the step's fence counts, if the error says that it does not exist. */
function missingStagedTable({ parameters }: FailedStep, error: string): string | undefined {
  const [, relation] = MISSING_RELATION.exec(error) ?? [];
  const staged = (parameters?.staged_rows ?? '').split(',').map((entry) => entry.split('=')[0]);
  return relation !== undefined && staged.includes(relation) ? relation : undefined;
}

function stagingText({ parameters }: FailedStep, table = 'schema.table'): string {
  if (parameters?.staged_rows?.split(',').includes(`${table}=consumed`)) return consumedText(table);
  return [
    'DMS shows no newer load, so something else has changed staging: perhaps a procedure that empties, drops or renames',
    'its staged table after it has used it. Nothing of this step was applied. Neither a redrive nor a rerun brings the rows',
    'back. Load again (reload-target): the new load has its own run. If a step has procedures that empty a staged table, say',
    `so in its definition: consumes: ['${table}']. Once that is deployed, and if no later step needs the rows, you can also`,
    'continue this load.',
  ].join(' ');
}

/** DMS empties tables before it loads them. It creates none where it has no permission to. */
const MAKE_AGAIN =
  'Create the table again before that load, with its grants: in the procedure that drops or renames it, or in a migration.';

function consumedText(table: string): string {
  return [
    `In an earlier run of this load, a step that consumes ${table} has emptied it. This step has not taken effect for this`,
    'load, and nothing of it was applied now. Load again (reload-target): the new load has its own run.',
  ].join(' ');
}

function staleText({ parameters }: FailedStep): string {
  return [
    'DMS shows no newer load, but the fence has recorded a newer one, and production shows that one. Perhaps the fence table',
    'was restored or copied from another warehouse, or a task was removed from the pipeline. Load again: a load that starts',
    `now is newer than the recorded one. Or delete the wrong record from elt.${parameters?.fence_table ?? 'fence_…'} and redrive the`,
    'execution.',
  ].join(' ');
}

const COMMITS = [
  'A step runs its procedures in one transaction with the record that the load was applied, so they cannot commit. Use DELETE',
  'instead of TRUNCATE, and no COMMIT. If a procedure must commit by itself, say `commits: true` in its step. It may then run',
  'more than once for a load.',
].join(' ');
