import type { DeployedFunction } from '../../compile/template/function-names.ts';
import { callDisturbed } from '../aws/disturbed-call.ts';
import { createOperations } from '../aws/operations.ts';
import { watchCall } from '../judge/watch-statements.ts';
import type { World, WorldOptions } from '../world.ts';
import { type ApiCall, createDirectClients } from './direct-clients.ts';
import { createFunction, type ModelHandler } from './functions.ts';
import type { ModelInvocation } from './invocation.ts';

/** A handler, and the invocation as which it makes its calls. */
interface Sandbox {
  readonly handler: ModelHandler;
  invocation: ModelInvocation;
}

/** Gives out handlers of a world's functions. One that has answered is used again, as Lambda does. */
export function createModelSandboxes(world: () => World, options: WorldOptions) {
  const idle = new Map<DeployedFunction, Sandbox[]>();
  let operations: ReturnType<typeof createOperations> | undefined;
  return (invocation: ModelInvocation) => {
    operations ??= createOperations(world());
    const pool = idle.get(invocation.functionName) ?? [];
    idle.set(invocation.functionName, pool);
    const sandbox = pool.pop() ?? createSandbox(world(), options, operations, invocation);
    sandbox.invocation = invocation;
    return { handler: sandbox.handler, release: () => void pool.push(sandbox) };
  };
}

function createSandbox(
  world: World,
  { variation, createClients }: WorldOptions,
  operations: ReturnType<typeof createOperations>,
  first: ModelInvocation,
): Sandbox {
  const { settings, clock } = world;
  const call: ApiCall = async (name, sent) => {
    const operation = operations[name];
    if (operation === undefined) throw new TypeError(`the simulation has no ${name}`);
    const { invocation } = sandbox;
    const input =
      variation?.rewriteInput?.(name, sent, { event: invocation.event, random: settings.random }) ?? sent;
    const answer = await invocation.guard(() => {
      watchCall(world, invocation, name, input);
      return callDisturbed(world, name, operation, input);
    });
    return variation?.rewriteAnswer?.(name, answer, input, clock) ?? answer;
  };
  const clients = createClients?.(call) ?? createDirectClients(call);
  const { functionName } = first;
  const handler =
    variation?.functions?.[functionName]?.(clients, settings) ??
    createFunction(functionName, clients, settings, variation?.guard?.(clients));
  const sandbox: Sandbox = { handler, invocation: first };
  return sandbox;
}
