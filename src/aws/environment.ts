import * as z from 'zod';
import { arnPattern } from '../arn.ts';
import { type Target, TargetSchema } from '../data-api/target.ts';
import { InvalidConfig } from '../errors/errors.ts';
import type { Environment } from '../stage-variables.ts';
import { describeIssues } from '../zod-issues.ts';

const TaskArnsSchema = z.record(
  z.string(),
  z.string().regex(arnPattern('dms', 'task:.+'), 'must be the ARN of a DMS replication task'),
);

/** The settings of the stage that start-run needs. */
export interface StageSettings {
  readonly stage: string;
  readonly target: Target;
  /** ARN of each DMS task by the identifier that pipelines use. */
  readonly taskArns: Readonly<Record<string, string>>;
}

/**
 * Reads the stage's settings from a function's environment.
 * @throws InvalidConfig naming the variable
 */
export function readStageSettings(environment: Environment = process.env): StageSettings {
  // Packaging replaces this expression with the value, because a hundred ARNs do not fit into an environment.
  const taskArns = environment.DMS_TASK_ARNS ?? process.env.DMS_TASK_ARNS;
  const target = {
    clusterIdentifier: environment.REDSHIFT_CLUSTER_IDENTIFIER,
    workgroupName: environment.REDSHIFT_WORKGROUP_NAME,
    database: environment.REDSHIFT_DATABASE,
    secretArn: environment.REDSHIFT_SECRET_ARN,
    dbUser: environment.REDSHIFT_DB_USER,
  };
  return {
    stage: check('STAGE', z.string().min(1), environment.STAGE),
    target: check('REDSHIFT_*', TargetSchema, withoutBlanks(target)),
    taskArns: check('DMS_TASK_ARNS', TaskArnsSchema, parseJson('DMS_TASK_ARNS', taskArns)),
  };
}

/** The settings that sweep-loads needs besides the stage's. @throws InvalidConfig naming the variable */
export function readSweepSettings(environment: Environment = process.env) {
  const sweepFrom = environment.SWEEP_FROM || undefined;
  return {
    ...(sweepFrom === undefined
      ? {}
      : { sweepFrom: new Date(check('SWEEP_FROM', z.iso.datetime(), sweepFrom)) }),
    lookBackHours: checkHours('SWEEP_LOOK_BACK_HOURS', environment),
    hoursWithoutLoad: checkHours('HOURS_WITHOUT_LOAD', environment),
  };
}

function checkHours(name: keyof Environment, environment: Environment): number {
  return check(name, z.coerce.number().positive(), environment[name]);
}

/** CloudFormation and Serverless cannot omit a variable by condition, so an empty one counts as absent. */
function withoutBlanks<Values extends object>(values: Values): Partial<Values> {
  return Object.fromEntries(
    Object.entries(values).filter(([, value]) => value !== undefined && value !== ''),
  ) as Partial<Values>;
}

function parseJson(name: keyof Environment, text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? '');
  } catch (error) {
    throw new InvalidConfig(`${name} is not JSON: ${JSON.stringify(text)}`, { cause: error });
  }
}

/** A variable's value, checked. @throws InvalidConfig naming the variable */
export function check<Schema extends z.ZodType>(
  name: keyof Environment | 'REDSHIFT_*',
  schema: Schema,
  value: unknown,
): z.infer<Schema> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new InvalidConfig(`${name}: ${describeIssues(parsed.error).join('; ')}`);
}
