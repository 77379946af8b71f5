/**
 * Environment variables that packaging gives to the functions, by name. A variable that the stage does not need is
 * empty.
 */
export interface StageVariables {
  readonly STAGE: string;
  readonly REDSHIFT_CLUSTER_IDENTIFIER: string;
  readonly REDSHIFT_WORKGROUP_NAME: string;
  readonly REDSHIFT_DATABASE: string;
  readonly REDSHIFT_SECRET_ARN: string;
  readonly REDSHIFT_DB_USER: string;
  /** ISO 8601. */
  readonly SWEEP_FROM: string;
  readonly SWEEP_LOOK_BACK_HOURS: string;
  readonly HOURS_WITHOUT_LOAD: string;
  /** Whether metrics are written that no alarm looks at. */
  readonly DETAILED_METRICS: string;
  /** Name of a topic, or the ARN of one elsewhere. */
  readonly NOTIFICATION_TOPIC: string;
  readonly NOTIFY_SUCCESS: string;
  /** `07:00 Europe/Berlin` */
  readonly SUCCESS_DIGEST: string;
  /** Name of the state machine that sends messages about deadlines, and digests. */
  readonly DEADLINE_MACHINE: string;
}

/** The variables as a function reads them. `DMS_TASK_ARNS` is part of its code; serverless.yml says why. */
export type Environment = {
  readonly [Name in keyof StageVariables | 'DMS_TASK_ARNS']?: string | undefined;
};
