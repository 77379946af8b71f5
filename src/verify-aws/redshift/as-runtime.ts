import { type AskedWorld, open, type Settled } from '../question.ts';
import type { WarehouseSession } from '../warehouse.ts';

/** Settles as the user who runs the pipelines. With IAM only the functions are that user, and the answer stays open. */
export async function asRuntime(
  { runtime, users }: AskedWorld,
  settle: (runtime: WarehouseSession) => Promise<Settled>,
): Promise<Settled> {
  const [[user] = []] = await runtime.rows('SELECT CAST(current_user AS varchar)');
  if (user === users.runtime) return settle(runtime);
  return open(
    `the caller is ${user} in the warehouse, and only ${users.runtime} can show this. Run the command with the role of the functions, or with --runtime-user and a stage that has dbUser or secretArn`,
  );
}
