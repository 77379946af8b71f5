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

type Fields = Readonly<Record<string, unknown>>;

/**
 * An event whose dotted names are nested objects: EventBridge joins names with dots before it compares, so that
 * `{"a.b": 1}` and `{"a": {"b": 1}}` are the same field. Values that meet at one place count as elements of one array.
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-event-patterns.html
 */
function joinDots(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(joinDots);
  if (!isObject(value)) return value;
  return Object.entries(value).reduce<Fields>((joined, [key, inner]) => {
    const nested = key.split('.').reduceRight<unknown>((below, name) => single(name, below), joinDots(inner));
    return mergeFields(joined, nested as Fields);
  }, Object.create(null));
}

function single(name: string, value: unknown): Fields {
  return Object.assign(Object.create(null), { [name]: value });
}

function mergeFields(some: Fields, others: Fields): Fields {
  const merged = Object.assign(Object.create(null), some);
  for (const [name, value] of Object.entries(others))
    merged[name] = Object.hasOwn(some, name) ? merge(some[name], value) : value;
  return merged;
}

function merge(one: unknown, other: unknown): unknown {
  if (isObject(one) && isObject(other)) return mergeFields(one, other);
  if (isObject(one) && Array.isArray(other)) return mergeIntoElements(other, one);
  if (Array.isArray(one) && isObject(other)) return mergeIntoElements(one, other);
  return [one, other].flat();
}

/** What stands beside an array belongs to each of its elements. */
function mergeIntoElements(elements: readonly unknown[], fields: Fields): unknown {
  const objects = elements.filter(isObject).map((element) => mergeFields(element, fields));
  return [...elements.filter((element) => !isObject(element)), ...(objects.length > 0 ? objects : [fields])];
}

function isObject(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
