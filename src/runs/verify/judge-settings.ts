import type { TaskSettings } from '../../loads/task-settings.ts';
import type { ConsumableTable } from './consumed-tables.ts';

/** The one mode in which a staged table keeps its owner, grants and types, and holds one load. */
const FITTING_MODE = 'TRUNCATE_BEFORE_LOAD';

const MODE_HARM: Readonly<Record<string, string>> = {
  DROP_AND_CREATE:
    'drops the tables and creates them again before each load: DMS’s user must own them, all grants are lost, and the columns get DMS’s own types',
  DO_NOTHING:
    'keeps the rows that are in the tables and appends each load: from the second load on, the tables hold rows of several loads',
};

const MODE_REPAIR: Readonly<Record<string, string>> = {
  DROP_AND_CREATE:
    ', write a new migration that drops the staged tables and creates them as they should be, with their grants, and load again (reload-target)',
  DO_NOTHING: ', and load again (reload-target)',
};

/** Modes that do not fit, each with what it does and the way out. Empty where all fit, or DMS does not say. */
export function describeModes(settings: readonly TaskSettings[]): readonly string[] {
  return settings.flatMap(({ taskArn, prepMode = FITTING_MODE }) => {
    const harm = MODE_HARM[prepMode];
    if (harm === undefined) return [];
    const command = `aws dms modify-replication-task --replication-task-arn ${taskArn} --replication-task-settings '{"FullLoadSettings":{"TargetTablePrepMode":"${FITTING_MODE}"}}'`;
    return [
      `TargetTablePrepMode ${prepMode} of ${taskArn} ${harm}. Set ${FITTING_MODE} (${command})${MODE_REPAIR[prepMode]}`,
    ];
  });
}

/** Policies that let rows be missing without a word. */
function describeSkippedRows(settings: readonly TaskSettings[]): readonly string[] {
  return settings.flatMap(({ taskArn, skippingPolicies }) =>
    skippingPolicies.length === 0
      ? []
      : [
          `${skippingPolicies.join(' and ')} of ${taskArn}: DMS leaves out or cuts a row that does not fit, and only the task’s log says so. Set SUSPEND_TABLE or STOP_TASK to let the load fail instead`,
        ],
  );
}

/**
 * Staged tables of which nobody can say whether they hold one load or several: rows are appended, no step empties them, and no
 * source is declared whose rows could be compared.
 */
export function findUncountable(
  settings: readonly TaskSettings[],
  tables: readonly (ConsumableTable & { readonly source: string | null })[],
): readonly string[] {
  if (!settings.some(({ prepMode }) => prepMode === 'DO_NOTHING')) return [];
  return tables
    .filter(({ source, consumedBy = [] }) => source === null && consumedBy.length === 0)
    .map(
      ({ table }) =>
        `${table}: may hold rows of several loads, and has no source whose rows could be compared: name its source`,
    );
}

/** State has 256 KB for everything: this much of a warning, and so many, are enough to know where to look. */
const WARNING_LENGTH = 1_000;
const SHOWN_WARNINGS = 10;

/**
 * What is told of a load that can be used.
 * @param ignored problems of tables that the pipeline does not use
 */
export function listWarnings(
  settings: readonly TaskSettings[],
  ignored: readonly string[],
): readonly string[] {
  const tables = `ignored, because the pipeline does not use them: ${ignored.join('; ')}`;
  const all = [
    ...describeModes(settings),
    ...describeSkippedRows(settings),
    ...(ignored.length === 0 ? [] : [tables]),
  ];
  return all
    .slice(0, SHOWN_WARNINGS)
    .map((text) => (text.length > WARNING_LENGTH ? `${text.slice(0, WARNING_LENGTH)} …` : text));
}
