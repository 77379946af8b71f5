import type jsonata from 'jsonata';

/** A reader of a path; undefined where it takes JSONata to say what the path is. */
export type PlainPath = (bindings: { readonly [name: string]: unknown }) => unknown;

/**
 * The reader of an expression that only looks up members, like `$states.input.load.id`. Most expressions are, and need no
 * evaluation of a tree. Wherever there is more to it (an array, something missing, a function) JSONata is left to answer.
 */
export function compilePlainPath(ast: jsonata.ExprNode): PlainPath | undefined {
  const { type, steps = [], ...further } = ast as { type: string; steps?: readonly unknown[] };
  if (type !== 'path' || Object.keys(further).length > 0) return undefined;
  const [first, ...names] = steps.map(plainStep);
  if (first?.type !== 'variable' || !names.every((step) => step?.type === 'name')) return undefined;
  const keys = names.map((step) => step?.value ?? '');
  return (bindings) => {
    let value = bindings[first.value];
    for (const key of keys) {
      if (typeof value !== 'object' || value === null || Array.isArray(value) || !Object.hasOwn(value, key))
        return undefined;
      value = (value as { readonly [key: string]: unknown })[key];
    }
    return Array.isArray(value) || typeof value === 'function' ? undefined : value;
  };
}

/** A step without predicates, order or anything else. */
function plainStep(step: unknown): { readonly type: string; readonly value: string } | undefined {
  const { type, value, position: _, ...further } = step as { [member: string]: unknown };
  if (typeof type !== 'string' || typeof value !== 'string' || Object.keys(further).length > 0)
    return undefined;
  return { type, value };
}
