/** The face of the local AWS: whoever uses it imports from here. What it is made of loads when it is started. */

import type { Warehouse } from './contracts.ts';
import type { LocalAws, LocalAwsOptions } from './local-aws.ts';
import { createWarehouse, startingWarehouse } from './warehouse/create-warehouse.ts';

export { type Chaos, type ChaosOptions, createChaos, summarizeChaos } from './chaos/chaos.ts';
export { CHAOS_KIND_NAMES, CHAOS_KINDS, type ChaosKind, parseKinds } from './chaos/kinds.ts';
export { createHurriedClock } from './clocks.ts';
export {
  type JsonObject,
  LOCAL_ACCOUNT,
  LOCAL_REGION,
  type PeekedMessage,
  type PeekedQueue,
  type Session,
  type SqlColumn,
  type SqlResult,
  type Warehouse,
} from './contracts.ts';
export type { Pages } from './endpoint/pages.ts';
export type { LocalAws, LocalAwsOptions } from './local-aws.ts';
export type { TaskSpec } from './services/dms/task.ts';
export { type RuleSpec, ruleArn, type TargetSpec } from './services/events/rules.ts';
export { type FunctionSpec, functionArn } from './services/lambda/functions.ts';
export { snsTopicArn } from './services/sns/create-sns.ts';
export { type QueueSpec, queueArn } from './services/sqs/queue.ts';
export { stateMachineArn } from './services/stepfunctions/arns.ts';
export type { MachineSource } from './services/stepfunctions/create-step-functions.ts';
export { substitute } from './services/stepfunctions/substitute.ts';

/**
 * Starts the local AWS with the given parts; it closes its warehouse, too.
 * @throws PortInUseError, WarehouseServerError
 */
export async function createLocalAws(options: LocalAwsOptions): Promise<LocalAws> {
  const { startLocalAws } = await import('./local-aws.ts');
  return startLocalAws(options);
}

/** A warehouse that starts at once, while all the rest is loaded. */
export interface EarlyWarehouse {
  readonly starting: Promise<Warehouse>;
  /** Closes it, started or not; does nothing where it is closed already. */
  close(): Promise<void>;
}

/** Starts PostgreSQL, which takes longest of all. @param report gets a line when it takes longer than usual */
export function startWarehouse(report: (line: string) => void): EarlyWarehouse {
  const starting = createWarehouse({ report });
  return { starting, close: startingWarehouse(starting).close };
}
