import * as z from 'zod';
import { DigestTimeSchema } from '../../definition/deadline/digest-time.ts';
import { MOST_HOURS_WITHOUT_LOAD } from '../../definition/hours-without-load.ts';
import { describeIssues } from '../../zod-issues.ts';
import { ChatParametersSchema } from './chat-parameters.ts';
import { TargetParametersSchema } from './target-parameters.ts';
import { arnParameter, text } from './text-parameters.ts';

/** Days that CloudWatch Logs can keep a log. https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html */
const RETENTION_DAYS = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
];

/** The command line passes texts. */
const wholeNumber = (error: string) =>
  z.union([z.int(), z.string().regex(/^\d+$/).transform(Number)], { error });

const number = (minimum: number, maximum: number) =>
  wholeNumber('must be a whole number').pipe(
    z.number().min(minimum, `must be at least ${minimum}`).max(maximum, `must be at most ${maximum}`),
  );

const retentionDays = `must be one of ${RETENTION_DAYS.join(', ')}`;

const flag = z.union([z.boolean(), z.stringbool({ truthy: ['true'], falsy: ['false'] })], {
  error: 'must be true or false',
});

/** DMS Serverless has configurations instead of tasks, and other events and statistics. */
const taskArn = text()
  .refine((arn) => !arn.includes(':replication-config:'), {
    error:
      'is a DMS Serverless configuration, which is not supported: must be the ARN of a DMS replication task on an instance',
  })
  .pipe(arnParameter('dms', 'task:[A-Za-z0-9-]+', 'a DMS replication task'));

const taskArns = z.record(z.string(), taskArn, {
  error: 'must map identifiers of DMS tasks to their ARNs',
});

const OtherParametersSchema = z.object({
  dmsTasks: z.preprocess(parseObject, taskArns).default({}),
  dmsReplicationInstanceArn: arnParameter(
    'dms',
    'rep:[A-Za-z0-9-]+',
    'a DMS replication instance',
  ).optional(),
  dmsSourceEndpointArn: arnParameter('dms', 'endpoint:[A-Za-z0-9-]+', 'a DMS endpoint').optional(),
  dmsTargetEndpointArn: arnParameter('dms', 'endpoint:[A-Za-z0-9-]+', 'a DMS endpoint').optional(),
  dmsTableMappings: text().endsWith('.json', 'must be a JSON file').default('sql/sample/table-mappings.json'),
  dmsTaskSettings: text().endsWith('.json', 'must be a JSON file').default('sql/sample/task-settings.json'),
  sweepFrom: z.iso.datetime({ error: 'must be a time like 2026-11-24T00:00:00Z' }).optional(),
  sweepLookBackHours: number(1, 336).default(72),
  notificationEmail: z.email('must be an e-mail address').optional(),
  notificationTopicArn: arnParameter('sns', '[A-Za-z0-9_-]+', 'an SNS topic').optional(),
  alarmTopicArn: arnParameter('sns', '[A-Za-z0-9_-]+', 'an SNS topic').optional(),
  notifySuccess: flag.default(true),
  successDigest: DigestTimeSchema.optional(),
  logRetentionDays: wholeNumber(retentionDays)
    .refine((days) => RETENTION_DAYS.includes(days), retentionDays)
    .default(30),
  logExecutionData: flag.default(true),
  alarmFailedRuns: number(1, 1_000).default(1),
  alarmThrottles: number(1, 1_000_000).default(10),
  alarmHoursWithoutLoad: number(1, MOST_HOURS_WITHOUT_LOAD).default(26),
  detailedMetrics: flag.default(false),
  checkStatementConcurrency: number(1, 10_000).optional(),
});

const ParametersSchema = TargetParametersSchema.and(ChatParametersSchema).and(OtherParametersSchema);

/** The parameters of a stage as serverless.yml and the command line give them, checked. */
export type StageParameters = z.infer<typeof ParametersSchema>;

/** Whether a run that succeeded is told of by itself. A digest takes the place of these messages. */
export function tellsEachSuccess({ notifySuccess, successDigest }: StageParameters): boolean {
  return notifySuccess && successDigest === undefined;
}

/** Names of all parameters. */
export const PARAMETER_NAMES: readonly string[] = [
  ...Object.keys(TargetParametersSchema.shape),
  ...Object.keys(ChatParametersSchema.shape),
  ...Object.keys(OtherParametersSchema.shape),
];

/** A parameter that is missing or malformed. Its text is one line. */
export class InvalidParameter extends Error {
  override readonly name = 'InvalidParameter';
}

/**
 * Checks the parameters of a stage.
 * @throws InvalidParameter naming every parameter that is wrong
 */
export function readStageParameters(given: Readonly<Record<string, unknown>>): StageParameters {
  const parsed = ParametersSchema.safeParse(withoutAbsent(given));
  if (parsed.success) return parsed.data;
  const problems = describeIssues(parsed.error).map((fault) => `parameter ${fault}`);
  throw new InvalidParameter([...new Set(problems)].join('; '));
}

/**
 * The parameters that are set. Empty ones and those with the value `none` count as absent, because the command line
 * cannot leave out a parameter that serverless.yml sets.
 */
export function withoutAbsent(given: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(given).filter(([, value]) => !isAbsent(value)));
}

function isAbsent(value: unknown): boolean {
  return value === undefined || value === null || value === '' || value === 'none';
}

function parseObject(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}
