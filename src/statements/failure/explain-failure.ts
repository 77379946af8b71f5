import type { Description } from '../../data-api/describe.ts';
import type { StepRequest } from '../step-request.ts';

/** What a person cannot know from a statement's SQL error alone. */
export interface FailureHint {
  readonly text: string;
  /** Staging no longer holds the load: another one must be made, repairing and redriving does not help. */
  readonly needsLoad: boolean;
}

type FailedStep = Pick<StepRequest, 'policy'> & Partial<Pick<StepRequest, 'parameters'>>;

/** What the fence raises stands at the head; the same letters may stand in any message. */
const FENCE_ERROR = /^(?:Query #\d+ failed with )?(?:ERROR:\s*)?ELT_(STALE|STAGING):/;
const MISSING_RELATION = /relation "([^"]+)" does not exist/;

/** Redshift says the first of a procedure that commits, the second of statements like VACUUM. */
const NEEDS_NO_TRANSACTION =
  /cannot be invoked from a procedure that is executing in an atomic context|cannot run inside a transaction block/i;

/**
 * Whether a statement failed because staging is not what it was, or because the fence knows of a newer load. DMS says whether
 * a newer load is the reason; the statement does not.
 */
export function isAboutStaging(step: FailedStep, description: Description): boolean {
  const { error = '' } = description;
  return FENCE_ERROR.test(error) || missingStagedTable(step, error) !== undefined;
}

/**
 * What has happened and how to go on, for failures whose SQL error does not say it. DMS still shows the load that the run is
 * about: with a newer one, the run has ended as LoadChanged.
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

/** The staged table that a step's fence counts and that does not exist. */
function missingStagedTable({ parameters }: FailedStep, error: string): string | undefined {
  const [, relation] = MISSING_RELATION.exec(error) ?? [];
  const staged = (parameters?.staged_rows ?? '').split(',').map((entry) => entry.split('=')[0]);
  return relation !== undefined && staged.includes(relation) ? relation : undefined;
}

function stagingText({ parameters }: FailedStep, table = 'schema.table'): string {
  if (parameters?.staged_rows?.split(',').includes(`${table}=consumed`)) return consumedText(table);
  return [
    'DMS shows no newer load, so something else has changed staging: perhaps a procedure that empties, drops or renames',
    'its staged table when it has used it. Nothing of this step was applied, and neither a redrive nor a rerun brings the',
    'rows back: load again (reload-target), the new load has a run of its own. A step whose procedures empty a staged table',
    `must say so in its definition: consumes: ['${table}']. When that is deployed and no later step needs the rows, this load`,
    'can be continued, too.',
  ].join(' ');
}

/** DMS empties tables before it loads them, and makes none where it may not. */
const MAKE_AGAIN =
  'The table has to be there again before that load: make it in the procedure that drops or renames it, or by a migration, with its grants.';

function consumedText(table: string): string {
  return [
    `${table} was emptied for this load before, by a step that consumes it and that an earlier run has done, and this step`,
    'has not been done: nothing of it was applied. Load again (reload-target), the new load has a run of its own.',
  ].join(' ');
}

function staleText({ parameters }: FailedStep): string {
  return [
    'DMS shows no newer load, yet the fence has one on record, and production shows that one. A fence table that was restored',
    'or copied from another warehouse may be the reason, or a task that was taken out of the pipeline. Load again: a load',
    `that starts now is newer than what is on record. Or delete the record that is wrong from elt.${parameters?.fence_table ?? 'fence_…'}, then`,
    'redrive the execution.',
  ].join(' ');
}

const COMMITS = [
  'A step runs its procedures in one transaction with the record that the load was applied, so they cannot commit: use DELETE',
  'in the place of TRUNCATE, and no COMMIT. A procedure that must commit by itself needs `commits: true` in its step, and may',
  'then run more than once for a load.',
].join(' ');
