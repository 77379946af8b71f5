import type jsonata from 'jsonata';
import type { Bindings } from './expression.ts';

/** Reads a value. Answers {@link UNSURE} where it takes JSONata to say what it is, undefined where there is none. */
type Reader = (bindings: Bindings) => unknown;

/** There is more to it: an array on the way, which JSONata maps and flattens, or a function that is redefined. */
export const UNSURE = Symbol('left to JSONata');

interface Node {
  readonly type: string;
  readonly value?: unknown;
  readonly position?: number;
  readonly [member: string]: unknown;
}

/**
 * The reader of an expression that only looks members up, asks whether one exists, or merges objects: most are, and need no
 * asynchronous evaluation of a tree. Undefined for every other expression.
 */
export function compilePlainExpression(ast: jsonata.ExprNode): Reader | undefined {
  return compileNode(ast as unknown as Node);
}

function compileNode(node: Node): Reader | undefined {
  switch (node.type) {
    case 'string':
    case 'number':
    case 'value':
      return isPlain(node, ['value']) ? () => node.value : undefined;
    case 'variable':
      return compilePath([node]);
    case 'path':
      return isPlain(node, ['steps']) ? compilePath(node.steps as readonly Node[]) : undefined;
    case 'condition':
      return isPlain(node, ['condition', 'then', 'else']) ? compileCondition(node) : undefined;
    case 'unary':
      return node.value === '{' && isPlain(node, ['value', 'lhs']) ? compileObject(node) : undefined;
    case 'function':
      return compileMerge(node);
    default:
      return undefined;
  }
}

/** Whether a node has these members and no others: no predicates, no order, no grouping. */
function isPlain(node: Node, members: readonly string[]): boolean {
  const known = ['type', 'position', ...members];
  return Object.keys(node).every((key) => node[key] === undefined || known.includes(key));
}

/** `$states.input.load.id` */
function compilePath([first, ...steps]: readonly Node[]): Reader | undefined {
  if (first?.type !== 'variable' || !isPlain(first, ['value'])) return undefined;
  if (!steps.every((step) => step.type === 'name' && isPlain(step, ['value']))) return undefined;
  const variable = String(first.value);
  const names = steps.map(({ value }) => String(value));
  return (bindings) => {
    if (!Object.hasOwn(bindings, variable)) return UNSURE;
    let value: unknown = bindings[variable];
    for (const name of names) {
      if (value === undefined) return undefined;
      value = memberOf(value, name);
    }
    return Array.isArray(value) || typeof value === 'function' ? UNSURE : value;
  };
}

function memberOf(value: unknown, name: string): unknown {
  if (!isObject(value)) return UNSURE;
  if (Object.hasOwn(value, name)) return value[name];
  return name in value ? UNSURE : undefined;
}

/** `$exists(…) ? … : …` */
function compileCondition(node: Node): Reader | undefined {
  const asked = compileCall(node.condition as Node, 'exists');
  const then = compileNode(node.then as Node);
  const otherwise = node.else === undefined ? undefined : compileNode(node.else as Node);
  if (asked === undefined || then === undefined || otherwise === undefined) return undefined;
  return (bindings) => {
    const value = asked(bindings);
    if (value === UNSURE) return UNSURE;
    return (value === undefined ? otherwise : then)(bindings);
  };
}

/** `{'turn': …}` */
function compileObject(node: Node): Reader | undefined {
  const pairs = node.lhs as readonly (readonly [Node, Node])[];
  const members = pairs.map(([key, value]) => ({ key, read: compileNode(value) }));
  const isKnown = members.every(({ key, read }) => key.type === 'string' && read !== undefined);
  if (!isKnown || new Set(members.map(({ key }) => key.value)).size < members.length) return undefined;
  return (bindings) => {
    const object: Record<string, unknown> = {};
    for (const { key, read } of members) {
      const value = read?.(bindings);
      if (value === UNSURE || value === undefined) return UNSURE;
      object[String(key.value)] = value;
    }
    return object;
  };
}

/** `$merge([…, …])` */
function compileMerge(node: Node): Reader | undefined {
  const [list] = (node.arguments ?? []) as readonly Node[];
  if (list?.type !== 'unary' || list.value !== '[' || !isPlain(list, ['value', 'expressions']))
    return undefined;
  const readers = (list.expressions as readonly Node[]).map(compileNode);
  if (!isCallOf(node, 'merge')) return undefined;
  return (bindings) => {
    if (Object.hasOwn(bindings, 'merge')) return UNSURE;
    const merged: Record<string, unknown> = {};
    for (const read of readers) {
      const object = read?.(bindings);
      if (!isObject(object)) return UNSURE;
      Object.assign(merged, object);
    }
    return merged;
  };
}

/** The reader of the only argument of a built-in function's call. */
function compileCall(node: Node, name: string): Reader | undefined {
  const [argument] = (node.arguments ?? []) as readonly Node[];
  const read = isCallOf(node, name) && argument !== undefined ? compileNode(argument) : undefined;
  return read && ((bindings) => (Object.hasOwn(bindings, name) ? UNSURE : read(bindings)));
}

function isCallOf(node: Node, name: string): boolean {
  if (node.type !== 'function' || !isPlain(node, ['value', 'arguments', 'procedure'])) return false;
  const { type, value } = node.procedure as Node;
  return type === 'variable' && value === name && (node.arguments as readonly unknown[]).length === 1;
}

function isObject(value: unknown): value is { readonly [key: string]: unknown } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
