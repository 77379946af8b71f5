import { DescribeReplicationTasksCommand } from '@aws-sdk/client-database-migration-service';
import * as z from 'zod';
import type { Dms } from './describe-task.ts';
import { toDmsError } from './dms-error.ts';

/**
 * The settings of a task that decide whether its loads can be used. Empty when DMS does not show them; then nothing
 * is assumed.
 */
export interface TaskSettings {
  readonly taskArn: string;
  /** What DMS does with a table before it loads it: TRUNCATE_BEFORE_LOAD, DROP_AND_CREATE or DO_NOTHING. */
  readonly prepMode?: string;
  /** Policies that leave out a row that does not fit, and go on: `DataErrorPolicy LOG_ERROR`. */
  readonly skippingPolicies: readonly string[];
}

/** The settings may get new members, and may be null. */
const SettingsSchema = z.object({
  FullLoadSettings: z.object({ TargetTablePrepMode: z.string().nullish() }).nullish(),
  ErrorBehavior: z.record(z.string(), z.unknown()).nullish(),
});

/**
 * The policies for errors in a single row: in its data, in their truncation, in their masking.
 * https://docs.aws.amazon.com/dms/latest/userguide/CHAP_Tasks.CustomizingTasks.TaskSettings.ErrorHandling.html
 */
const ROW_POLICY = /^Data.*ErrorPolicy$/;
const SKIPS: ReadonlySet<unknown> = new Set(['LOG_ERROR', 'IGNORE_RECORD']);

/**
 * Asks DMS for a task's settings.
 * https://docs.aws.amazon.com/dms/latest/APIReference/API_ReplicationTask.html
 * @throws ServiceUnavailable when DMS does not answer; InvalidConfig when it refuses
 */
export async function describeTaskSettings(dms: Dms, taskArn: string): Promise<TaskSettings> {
  const filter = { Name: 'replication-task-arn', Values: [taskArn] };
  const { ReplicationTasks: tasks = [] } = await dms
    .send(new DescribeReplicationTasksCommand({ Filters: [filter], WithoutSettings: false }))
    .catch((error: unknown) => {
      throw toDmsError(`which settings ${taskArn} has`, error);
    });
  const task = tasks.find((candidate) => candidate.ReplicationTaskArn === taskArn);
  return { taskArn, ...readSettingsText(task?.ReplicationTaskSettings) };
}

/** Reads the JSON text of a task's settings. A missing or malformed text gives empty settings. */
export function readSettingsText(text: string | undefined): Omit<TaskSettings, 'taskArn'> {
  const parsed = SettingsSchema.safeParse(parseJson(text));
  if (!parsed.success) return { skippingPolicies: [] };
  const { FullLoadSettings, ErrorBehavior } = parsed.data;
  const mode = FullLoadSettings?.TargetTablePrepMode;
  return {
    ...(mode == null ? {} : { prepMode: mode }),
    skippingPolicies: Object.entries(ErrorBehavior ?? {})
      .filter(([policy, value]) => ROW_POLICY.test(policy) && SKIPS.has(value))
      .map(([policy, value]) => `${policy} ${value}`),
  };
}

function parseJson(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? '');
  } catch {
    return undefined;
  }
}
