import { type LeafPattern, type ObjectPattern, pathKey, type Scalar } from './pattern.ts';

/**
 * Whether an event matches a pattern, by the rules of EventBridge: all fields of the pattern must hold; arrays in the
 * event match by any of their elements, and fields below one array must hold for the same element; a field counts as
 * present where it has a value, so an object or an empty array is no value.
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html
 */
export function matchesEvent(pattern: ObjectPattern, event: unknown): boolean {
  const present = new Set<string>();
  collectPresent(event, '', present);
  return matchesObject(pattern, event, present);
}

type Fields = Readonly<Record<string, unknown>>;

function matchesObject(pattern: ObjectPattern, value: unknown, present: ReadonlySet<string>): boolean {
  const objects = elements(value).filter(
    (element) => typeof element === 'object' && element !== null,
  ) as Fields[];
  const candidates: readonly Fields[] = objects.length > 0 ? objects : [{}];
  return candidates.some((candidate) => matchesFields(pattern, candidate, present));
}

function matchesFields(pattern: ObjectPattern, candidate: Fields, present: ReadonlySet<string>): boolean {
  const fieldsHold = pattern.fields.every(({ key, node }) => {
    const value = Object.hasOwn(candidate, key) ? candidate[key] : undefined;
    return 'tests' in node ? matchesLeaf(node, value, present) : matchesObject(node, value, present);
  });
  return (
    fieldsHold &&
    pattern.alternatives.every((members) =>
      members.some((member) => matchesFields(member, candidate, present)),
    )
  );
}

function matchesLeaf(leaf: LeafPattern, value: unknown, present: ReadonlySet<string>): boolean {
  if (leaf.allowsAbsent && !present.has(leaf.path)) return true;
  return elements(value).some((element) => isScalar(element) && leaf.tests.some((test) => test(element)));
}

/** The values a field stands for: itself, or the elements of its array, at any depth. */
function elements(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value.flat(Number.POSITIVE_INFINITY) : [value];
}

function collectPresent(value: unknown, path: string, present: Set<string>): void {
  for (const element of elements(value)) {
    if (isScalar(element)) present.add(path);
    else if (typeof element === 'object') {
      for (const [key, inner] of Object.entries(element as Fields))
        collectPresent(inner, pathKey(path, key), present);
    }
  }
}

function isScalar(value: unknown): value is Scalar {
  return value === null || ['string', 'number', 'boolean'].includes(typeof value);
}
