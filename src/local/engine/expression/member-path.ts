import type jsonata from 'jsonata';
import type { Bindings } from './expression.ts';

/** The answer of a reader where it takes JSONata to say what the value is: an array on the way, or a value that is no object. */
export const UNSURE = Symbol('left to JSONata');

interface Node {
  readonly type: string;
  readonly value?: unknown;
  readonly steps?: readonly Node[];
}

/**
 * The reader of an expression that only looks members up, `$states.input.load.id`; undefined for every other one. Most of a machine's
 * expressions are such paths; left to JSONata's asynchronous evaluation they would cost a simulation six hundredths of its time.
 */
export function compileMemberPath(ast: jsonata.ExprNode): ((bindings: Bindings) => unknown) | undefined {
  const node = ast as unknown as Node;
  const [variable, ...steps] = node.type === 'path' && isPlain(node, 'steps') ? (node.steps ?? []) : [node];
  if (variable?.type !== 'variable' || ![variable, ...steps].every((step) => isPlain(step, 'value')))
    return undefined;
  if (!steps.every(({ type }) => type === 'name')) return undefined;
  const names = [variable, ...steps].map(({ value }) => String(value));
  return (bindings) =>
    Object.hasOwn(bindings, String(variable.value)) ? readMember(bindings, names) : UNSURE;
}

function readMember(object: unknown, names: readonly string[]): unknown {
  let value = object;
  for (const name of names) {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return UNSURE;
    if (!Object.hasOwn(value, name)) return name in value ? UNSURE : undefined;
    value = (value as { readonly [name: string]: unknown })[name];
  }
  return Array.isArray(value) || typeof value === 'function' ? UNSURE : value;
}

/** Whether a node has this member and no other: no predicates, no order, no grouping. */
function isPlain(node: Node, member: string): boolean {
  return Object.entries(node).every(
    ([name, value]) => value === undefined || ['type', 'position', member].includes(name),
  );
}
