import { callDisturbed } from '../aws/disturbed-call.ts';
import { createOperations } from '../aws/operations.ts';
import { watchCall } from '../judge/watch-calls.ts';
import type { World, WorldOptions } from '../world.ts';
import { type ApiCall, createDirectClients } from './direct-clients.ts';
import { createFunction, type Handler } from './functions.ts';
import type { Invocation } from './invocation.ts';

const operationsOf = new WeakMap<World, ReturnType<typeof createOperations>>();

/** The handler of an invocation: the product's, with clients that are as mortal as the invocation. */
export function handlerOf(
  world: World,
  { variation, createClients }: WorldOptions,
  invocation: Invocation,
): Handler {
  const operations = operationsOf.get(world) ?? createOperations(world);
  operationsOf.set(world, operations);
  const { clock, faults, settings } = world;
  const call: ApiCall = async (name, sent) => {
    const operation = operations[name];
    if (operation === undefined) throw new TypeError(`the simulation has no ${name}`);
    const input = variation?.rewriteInput?.(name, sent, { invocation, random: settings.random }) ?? sent;
    const answer = await invocation.guard(() => {
      watchCall(world, invocation, name, input);
      return callDisturbed({ clock, faults }, name, operation, input);
    });
    return variation?.rewriteAnswer?.(name, answer, input) ?? answer;
  };
  const clients = createClients?.(call, clock) ?? createDirectClients(call);
  const { functionName } = invocation;
  const replaced = variation?.functions?.[functionName];
  return (
    replaced?.(clients, settings) ??
    createFunction(functionName, clients, settings, variation?.guard?.(clients))
  );
}
