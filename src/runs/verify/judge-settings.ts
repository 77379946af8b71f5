import type { TaskSettings } from '../../loads/task-settings.ts';
import type { ConsumableTable } from './consumed-tables.ts';

/** The only mode in which a staged table keeps its owner, grants and types, and holds exactly one load. */
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

/** What a mode does to the tables; undefined for the one that fits, and for what DMS does not show. */
export function harmOfMode(prepMode: string | undefined): string | undefined {
  return MODE_HARM[prepMode ?? FITTING_MODE];
}

/** Sets the mode that fits. */
export function fitModeCommand(taskArn: string): string {
  return `aws dms modify-replication-task --replication-task-arn ${taskArn} --replication-task-settings '{"FullLoadSettings":{"TargetTablePrepMode":"${FITTING_MODE}"}}'`;
}

/**
 * Describes each mode that does not fit: what it does, and what to do. Empty when all fit, or when DMS does not show
 * the mode.
 */
export function describeModes(settings: readonly TaskSettings[]): readonly string[] {
  return settings.flatMap(({ taskArn, prepMode = FITTING_MODE }) => {
    const harm = harmOfMode(prepMode);
    if (harm === undefined) return [];
    return [
      `TargetTablePrepMode ${prepMode} of ${taskArn} ${harm}. Set ${FITTING_MODE} (${fitModeCommand(taskArn)})${MODE_REPAIR[prepMode]}`,
    ];
  });
}

/** Describes policies that leave out rows without an error. */
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
 * Lists staged tables that may hold one load or several, and nobody can tell: rows are appended, no step empties the
 * table, and no source is declared to compare its rows with.
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

/** How much of a warning is kept, and how many warnings: a state's data may have 256 KB in all. */
const WARNING_LENGTH = 1_000;
const SHOWN_WARNINGS = 10;

/**
 * Lists the warnings about a load that can be used.
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
