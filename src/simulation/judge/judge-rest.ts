import { isAlive } from '../warehouse/statement.ts';
import type { World } from '../world.ts';

/** Everything has ended, and nothing is left in the warehouse. */
export function judgeRest({ record, stepFunctions, dataApi, warehouse }: World): void {
  for (const { arn, execution } of stepFunctions.store.executions.values())
    if (execution.end === undefined) record.violate(`${arn} is still running`);
  for (const statement of dataApi.statements.values())
    if (isAlive(statement)) record.violate(`statement ${statement.name} is still alive`);
  if (warehouse.locks.size > 0) record.violate(`${warehouse.locks.size} locks are still held`);
}
