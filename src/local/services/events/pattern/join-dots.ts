type Fields = Readonly<Record<string, unknown>>;

/**
 * An event whose dotted names are nested objects: EventBridge joins names with dots before it compares, so that
 * `{"a.b": 1}` and `{"a": {"b": 1}}` are the same field. Values that meet at one place count as elements of one array.
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-event-patterns.html
 */
export function joinDots(value: unknown): unknown {
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
