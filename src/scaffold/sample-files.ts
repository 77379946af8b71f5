import { isDeepStrictEqual } from 'node:util';
import type { NewFile, ProjectFiles } from './project.ts';

const SAMPLE = 'sql/sample';

/** The mappings and the settings of the local task. Settings of a stage's task are written unless those for all tasks say the same. */
export function taskFiles(
  task: string,
  mappings: object,
  settings: object | undefined,
  project: ProjectFiles,
): readonly NewFile[] {
  const forAll = readDocument(project.read(`${SAMPLE}/task-settings.json`));
  const written = settings === undefined ? SETTINGS : fittingSettings(settings).settings;
  const isSaid = settings === undefined ? keepsTables(forAll) : isDeepStrictEqual(written, forAll);
  return [
    { path: `${SAMPLE}/table-mappings.${task}.json`, text: textOf(mappings) },
    ...(isSaid ? [] : [{ path: `${SAMPLE}/task-settings.${task}.json`, text: textOf(written) }]),
  ];
}

type Section = Readonly<Record<string, unknown>>;

/** Settings by which no row is lost without a word. */
const SETTINGS = {
  FullLoadSettings: { TargetTablePrepMode: 'TRUNCATE_BEFORE_LOAD' },
  ErrorBehavior: {
    DataErrorPolicy: 'SUSPEND_TABLE',
    DataTruncationErrorPolicy: 'SUSPEND_TABLE',
    TableErrorPolicy: 'SUSPEND_TABLE',
  },
};

/** Policies that leave out a row, and go on. */
const SKIPS: ReadonlySet<unknown> = new Set(['LOG_ERROR', 'IGNORE_RECORD']);

/** Settings of a task with those that lose tables or rows changed, and the names of these. */
export function fittingSettings(settings: object): {
  readonly settings: object;
  readonly changed: readonly string[];
} {
  const {
    FullLoadSettings: load,
    ErrorBehavior: errors,
    ...rest
  } = settings as Record<string, Section | null>;
  const mode = SETTINGS.FullLoadSettings.TargetTablePrepMode;
  const skipping = Object.keys(errors ?? {}).filter(
    (policy) => /^Data.*ErrorPolicy$/.test(policy) && SKIPS.has(errors?.[policy]),
  );
  const hasOtherMode = load?.TargetTablePrepMode !== mode;
  return {
    settings: {
      ...rest,
      FullLoadSettings: { ...load, TargetTablePrepMode: mode },
      ...(errors == null
        ? {}
        : {
            ErrorBehavior: {
              ...errors,
              ...Object.fromEntries(skipping.map((policy) => [policy, 'SUSPEND_TABLE'])),
            },
          }),
    },
    changed: [...(hasOtherMode ? ['TargetTablePrepMode'] : []), ...skipping],
  };
}

/** Whether the settings for all tasks have DMS empty the tables, and keep them. */
function keepsTables(settings: unknown): boolean {
  const { FullLoadSettings: load } = (settings ?? {}) as { FullLoadSettings?: Section };
  return load?.TargetTablePrepMode === SETTINGS.FullLoadSettings.TargetTablePrepMode;
}

function readDocument(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? 'null');
  } catch {
    return undefined;
  }
}

function textOf(document: object): string {
  return `${JSON.stringify(document, null, 2)}\n`;
}
