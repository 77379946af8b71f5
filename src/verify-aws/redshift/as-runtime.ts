import { type Answer, open, type World } from '../question.ts';
import type { Warehouse } from '../warehouse.ts';

/** Settles as the user who runs the pipelines. With IAM only the functions are that user, and the answer stays open. */
export async function asRuntime(
  { runtime, users }: World,
  settle: (runtime: Warehouse) => Promise<Answer>,
): Promise<Answer> {
  const [[user] = []] = await runtime.rows('SELECT CAST(current_user AS varchar)');
  if (user === users.runtime) return settle(runtime);
  return open(
    `the caller is ${user} in the warehouse, and only ${users.runtime} can show this. Run the command with the role of the functions, or with --runtime-user and a stage that has dbUser or secretArn`,
  );
}
