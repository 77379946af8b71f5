import { type Compile, isPlain, isRecord, type Node, type Reader, UNSURE } from './plain-node.ts';

/** `$merge([…, …])` */
export function compileMerge(node: Node, compile: Compile): Reader | undefined {
  const [list] = (node.arguments ?? []) as readonly Node[];
  if (list?.type !== 'unary' || list.value !== '[' || !isPlain(list, ['value', 'expressions']))
    return undefined;
  const readers = (list.expressions as readonly Node[]).map(compile);
  if (!isCallOf(node, 'merge')) return undefined;
  return (bindings) => {
    if (Object.hasOwn(bindings, 'merge')) return UNSURE;
    const merged: Record<string, unknown> = {};
    for (const read of readers) {
      const object = read?.(bindings);
      if (!isRecord(object)) return UNSURE;
      Object.assign(merged, object);
    }
    return merged;
  };
}

/** `$sift(…, function($value, $key) { $key != 'turn' })`: an object without a member */
export function compileOmission(node: Node, compile: Compile): Reader | undefined {
  const [object, predicate] = (node.arguments ?? []) as readonly [Node, Node?];
  const omitted = predicate && omittedKey(predicate);
  const read = omitted === undefined ? undefined : compile(object);
  if (omitted === undefined || read === undefined || !isCallOf(node, 'sift', 2)) return undefined;
  return (bindings) => {
    const value = read(bindings);
    if (!isRecord(value) || Object.hasOwn(bindings, 'sift')) return UNSURE;
    const { [omitted]: _, ...rest } = value;
    // JSONata makes nothing of an empty object.
    return Object.keys(rest).length === 0 ? UNSURE : rest;
  };
}

/** The key that a predicate over value and key excludes, when it does no more than that. */
function omittedKey(predicate: Node): string | undefined {
  if (predicate.type !== 'lambda' || !isPlain(predicate, ['arguments', 'body'])) return undefined;
  const [value, key, ...more] = predicate.arguments as readonly Node[];
  const { type, value: operator, lhs, rhs } = predicate.body as Node & { lhs?: Node; rhs?: Node };
  if (more.length > 0 || key === undefined || key.value === value?.value) return undefined;
  if (type !== 'binary' || operator !== '!=' || !isPlain(predicate.body as Node, ['value', 'lhs', 'rhs']))
    return undefined;
  if (lhs?.type !== 'variable' || lhs.value !== key.value || !isPlain(lhs, ['value'])) return undefined;
  return rhs?.type === 'string' && isPlain(rhs, ['value']) ? String(rhs.value) : undefined;
}

/** `$exists(…)`: a reader of what is asked for, undefined when it does not exist */
export function compileExistence(node: Node, compile: Compile): Reader | undefined {
  const [asked] = (node.arguments ?? []) as readonly Node[];
  const read = isCallOf(node, 'exists') && asked !== undefined ? compile(asked) : undefined;
  return read && ((bindings) => (Object.hasOwn(bindings, 'exists') ? UNSURE : read(bindings)));
}

function isCallOf(node: Node, name: string, count = 1): boolean {
  if (node.type !== 'function' || !isPlain(node, ['value', 'arguments', 'procedure'])) return false;
  const { type, value } = node.procedure as Node;
  return type === 'variable' && value === name && (node.arguments as readonly unknown[]).length === count;
}
