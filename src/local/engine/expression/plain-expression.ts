import type jsonata from 'jsonata';
import { compileExistence, compileMerge, compileOmission } from './plain-call.ts';
import { isPlain, isRecord, type Node, type Reader, UNSURE } from './plain-node.ts';

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
      return compileMerge(node, compileNode) ?? compileOmission(node, compileNode);
    default:
      return undefined;
  }
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
  if (!isRecord(value)) return UNSURE;
  if (Object.hasOwn(value, name)) return value[name];
  return name in value ? UNSURE : undefined;
}

/** `$exists(…) ? … : …` */
function compileCondition(node: Node): Reader | undefined {
  const asked = compileExistence(node.condition as Node, compileNode);
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
