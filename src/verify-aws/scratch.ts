import { DeleteStackCommand } from '@aws-sdk/client-cloudformation';
import { DeleteAlarmsCommand } from '@aws-sdk/client-cloudwatch';
import { isRefusal } from '../aws-errors/transient-error.ts';
import type { Clock } from '../clock.ts';
import { ServiceUnavailable } from '../errors/errors.ts';
import { messageOf } from '../preflight/finding.ts';
import type { AccountClients, Creation } from './question.ts';
import { scratchSchema } from './scratch-name.ts';
import { awaitStack } from './services/await-stack.ts';
import type { WarehouseSession } from './warehouse.ts';

/** Something that this command has made, or that an earlier one has left. */
export interface ScratchThing {
  readonly kind: Creation;
  readonly name: string;
}

/** Something that could not be removed. */
export interface LeftThing extends ScratchThing {
  readonly reason: string;
  /** What a person runs to remove it. */
  readonly command: string;
}

/** Makes what questions need, and knows what is to be removed. */
export interface Scratch {
  /** `elt-verify-20261201t0930-1a2b3c` */
  readonly name: string;
  /** Name of the run's schema, which is made when it is first asked for. @throws StatementFailed */
  schema(): Promise<string>;
  /**
   * Makes something that is to be removed. It counts as made also when no answer came; not when the service has refused it.
   * @param suffix tells things of one kind apart
   */
  make<Made>(
    kind: Exclude<Creation, 'schema'>,
    suffix: string,
    create: (name: string) => Promise<Made>,
  ): Promise<{ readonly name: string; readonly made: Made }>;
  /** What was made, or may have been. */
  things(): readonly ScratchThing[];
}

export function createScratch(name: string, owner: WarehouseSession): Scratch {
  const things: ScratchThing[] = [];
  let schema: Promise<string> | undefined;
  const makeSchema = async () => {
    const made = scratchSchema(name);
    things.push({ kind: 'schema', name: made });
    await owner.must([`CREATE SCHEMA ${made}`]);
    return made;
  };
  return {
    name,
    schema: () => {
      schema ??= makeSchema();
      return schema;
    },
    make: async (kind, suffix, create) => {
      const thing = { kind, name: `${name}-${suffix}` };
      things.push(thing);
      try {
        return { name: thing.name, made: await create(thing.name) };
      } catch (error) {
        if (isRefusal(error)) things.splice(things.indexOf(thing), 1);
        throw error;
      }
    },
    things: () => [...things],
  };
}

/** What is needed to remove things; it works on when the command was stopped. */
export interface Remover {
  readonly owner: WarehouseSession;
  readonly clients: Pick<AccountClients, 'cloudWatch' | 'cloudFormation'>;
  readonly clock: Clock;
}

/** Removes things, the last one first. None of them keeps it from the others. @returns those that it could not remove */
export async function removeThings(
  remover: Remover,
  things: readonly ScratchThing[],
): Promise<readonly LeftThing[]> {
  const left: LeftThing[] = [];
  for (const thing of things.toReversed()) {
    try {
      await remove(remover, thing);
    } catch (error) {
      left.push({
        ...thing,
        reason: messageOf(error).replace(/[.\s]+$/, ''),
        command: COMMANDS[thing.kind](thing.name),
      });
    }
  }
  return left;
}

const COMMANDS: Readonly<Record<Creation, (name: string) => string>> = {
  schema: (name) => `DROP SCHEMA ${name} CASCADE; (in the query editor, as the owner)`,
  alarm: (name) => `aws cloudwatch delete-alarms --alarm-names ${name}`,
  stack: (name) => `aws cloudformation delete-stack --stack-name ${name}`,
};

/** None of these fails where there is nothing to remove. */
async function remove({ owner, clients, clock }: Remover, { kind, name }: ScratchThing): Promise<void> {
  if (kind === 'schema') await owner.must([`DROP SCHEMA IF EXISTS ${name} CASCADE`]);
  if (kind === 'alarm') await clients.cloudWatch.send(new DeleteAlarmsCommand({ AlarmNames: [name] }));
  if (kind === 'stack') await removeStack(clients, clock, name);
}

/** A stack that is being created or changed cannot be deleted before that has ended. */
async function removeStack(
  { cloudFormation }: Remover['clients'],
  clock: Clock,
  StackName: string,
): Promise<void> {
  if ((await awaitStack(cloudFormation, clock, StackName)) === undefined) return;
  await cloudFormation.send(new DeleteStackCommand({ StackName }));
  const kept = await awaitStack(cloudFormation, clock, StackName);
  if (kept !== undefined)
    throw new ServiceUnavailable(
      `CloudFormation left it in ${kept.StackStatus}: ${kept.StackStatusReason ?? 'no reason given'}`,
    );
}
