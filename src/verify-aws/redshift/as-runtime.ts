import { quoteName } from '../../migrations/quote.ts';
import { type AskedWorld, open, type Settled } from '../question.ts';
import type { WarehouseSession } from '../warehouse.ts';

/**
 * Settles as the user who runs the pipelines, who may use the scratch schema and create nothing in it. With IAM only the functions are
 * that user, and the answer stays open.
 */
export async function asRuntime(
  { runtime, owner, scratch, users }: AskedWorld,
  settle: (runtime: WarehouseSession, schema: string) => Promise<Settled>,
): Promise<Settled> {
  const [[user] = []] = await runtime.rows('SELECT CAST(current_user AS varchar)');
  if (user !== users.runtime)
    return open(
      `the caller is ${user} in the warehouse, and only ${users.runtime} can show this. Run the command with the role of the functions, or with --runtime-user and a stage that has dbUser or secretArn`,
    );
  const schema = await scratch.schema();
  await owner.must([`GRANT USAGE ON SCHEMA ${schema} TO ${quoteName(users.runtime)}`]);
  return settle(runtime, schema);
}
