import { joinDots } from './join-dots.ts';
import { type CompiledPattern, type LeafPattern, type PatternNode, pathKey, type Scalar } from './pattern.ts';

/**
 * Whether an event matches a pattern, by the rules of EventBridge: all fields of the pattern must hold; arrays in the
 * event match by any of their elements, and everything that is asked of one array must hold for the same element; a field
 * counts as present where it has a value, so an object or an empty array is no value.
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html
 */
export function matchesEvent(pattern: CompiledPattern, written: unknown): boolean {
  const event = joinDots(written);
  let present: Set<string> | undefined;
  const isPresent = (path: string) => {
    present ??= collectPresent(event, '', new Set());
    return present.has(path);
  };
  return pattern.some((alternative) => matchesNode(alternative, event, isPresent));
}

/** Whether the event has a value at a path. */
type IsPresent = (path: string) => boolean;

function matchesNode(node: PatternNode, value: unknown, isPresent: IsPresent): boolean {
  const candidates = elements(value);
  if (candidates.length === 0) return matchesElement(node, undefined, isPresent);
  return candidates.some((candidate) => matchesElement(node, candidate, isPresent));
}

function matchesElement(node: PatternNode, element: unknown, isPresent: IsPresent): boolean {
  if (!node.leaves.every((leaf) => matchesLeaf(leaf, element, isPresent))) return false;
  const fields = typeof element === 'object' && element !== null ? element : {};
  return [...node.fields].every(([key, inner]) => {
    const value = Object.hasOwn(fields, key) ? Reflect.get(fields, key) : undefined;
    return matchesNode(inner, value, isPresent);
  });
}

function matchesLeaf(leaf: LeafPattern, element: unknown, isPresent: IsPresent): boolean {
  if (leaf.allowsAbsent && !isPresent(leaf.path)) return true;
  return isScalar(element) && leaf.tests.some((test) => test(element));
}

/** The values a field stands for: itself, or the elements of its array, at any depth. */
function elements(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value.flat(Number.POSITIVE_INFINITY) : [value];
}

function collectPresent(value: unknown, path: string, present: Set<string>): Set<string> {
  for (const element of elements(value)) {
    if (isScalar(element)) present.add(path);
    else if (typeof element === 'object' && element !== null) {
      for (const [key, inner] of Object.entries(element)) collectPresent(inner, pathKey(path, key), present);
    }
  }
  return present;
}

function isScalar(value: unknown): value is Scalar {
  return value === null || ['string', 'number', 'boolean'].includes(typeof value);
}
