import * as z from 'zod';
import { DEFAULT_SETTINGS } from './default-settings.ts';

/** What happens to the target's tables before rows arrive. */
const PREPARATIONS = ['DO_NOTHING', 'DROP_AND_CREATE', 'TRUNCATE_BEFORE_LOAD'] as const;
export type Preparation = (typeof PREPARATIONS)[number];

/** What happens when a row does not fit. */
const ROW_POLICIES = ['IGNORE_RECORD', 'LOG_ERROR', 'SUSPEND_TABLE', 'STOP_TASK'] as const;
export type RowPolicy = (typeof ROW_POLICIES)[number];

/** What happens to a task of which a table cannot be loaded. */
const TABLE_POLICIES = ['SUSPEND_TABLE', 'STOP_TASK'] as const;
export type TablePolicy = (typeof TABLE_POLICIES)[number];

const MOST_SUBTASKS = 49;
const flag = z.union([z.boolean(), z.stringbool({ truthy: ['true'], falsy: ['false'] })]);
const count = z.coerce.number().int().min(0);

/** The settings that the local DMS follows. The others are kept and shown. */
const FollowedSchema = z.object({
  TargetMetadata: z.object({ TargetSchema: z.string().nullish(), LobMaxSize: count }),
  FullLoadSettings: z.object({
    TargetTablePrepMode: z.enum(PREPARATIONS),
    MaxFullLoadSubTasks: z.coerce.number().int().min(1).max(MOST_SUBTASKS),
  }),
  ErrorBehavior: z.object({
    DataErrorPolicy: z.enum(ROW_POLICIES),
    DataTruncationErrorPolicy: z.enum(ROW_POLICIES),
    DataErrorEscalationPolicy: z.enum(TABLE_POLICIES),
    DataErrorEscalationCount: count,
    TableErrorPolicy: z.enum(TABLE_POLICIES),
    FailOnNoTablesCaptured: flag,
  }),
  ValidationSettings: z.object({
    EnableValidation: flag,
    ValidationOnly: flag.refine((isOn) => !isOn, 'true is not supported by the local DMS'),
  }),
});

/** The settings of a task: those that are followed, and the whole document, completed by DMS' defaults. */
export type LoadSettings = z.infer<typeof FollowedSchema> & { readonly document: object };

/**
 * Reads the settings of a task. What they leave out is as DMS has it by default.
 * @throws Error naming the setting and what it may be
 * @see https://docs.aws.amazon.com/dms/latest/userguide/CHAP_Tasks.CustomizingTasks.TaskSettings.html
 */
export function readTaskSettings(given: unknown): LoadSettings {
  const document = complete(DEFAULT_SETTINGS, readGiven(given));
  const parsed = FollowedSchema.safeParse(document);
  if (parsed.success) return { ...parsed.data, document };
  const problems = parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
  throw invalid(problems.join('; '));
}

/** The settings of a task that is modified: what is given takes the place of what was, the rest stays. @throws Error as above */
export function changeTaskSettings({ document }: LoadSettings, given: unknown): LoadSettings {
  return readTaskSettings(complete(document as Section, readGiven(given)));
}

type Section = Readonly<Record<string, unknown>>;

function readGiven(given: unknown): Section {
  if (!isObject(given)) throw invalid('they must be a JSON object of sections such as FullLoadSettings');
  refuseMisspelt(given, DEFAULT_SETTINGS, '');
  return given;
}

function complete(defaults: Section, given: Section): Section {
  const entries = Object.entries(given).map(([name, value]) => {
    const known = defaults[name];
    return [name, isObject(known) && isObject(value) ? complete(known, value) : value] as const;
  });
  return { ...defaults, ...Object.fromEntries(entries.filter(([, value]) => value !== null)) };
}

/** A name that differs from DMS' in its case alone would be passed over, with the default in its place. */
function refuseMisspelt(given: Section, known: Section, place: string): void {
  for (const [name, value] of Object.entries(given)) {
    const meant = Object.keys(known).find((other) => other.toLowerCase() === name.toLowerCase());
    if (meant !== undefined && meant !== name) throw invalid(`${place}${name}: DMS calls it ${meant}`);
    const section = known[name];
    if (isObject(section) && isObject(value)) refuseMisspelt(value, section, `${place}${name}.`);
  }
}

function isObject(value: unknown): value is Section {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function invalid(problem: string): Error {
  return new Error(`task settings are not valid: ${problem}`);
}
