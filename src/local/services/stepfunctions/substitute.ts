import type { Json, JsonObject } from '../../contracts.ts';

/** The definition with `${key}` in its strings replaced; a key without a value stays as it is. */
export function substitute(definition: JsonObject, values: Readonly<Record<string, string>>): JsonObject {
  return replaceIn(definition, values) as JsonObject;
}

function replaceIn(value: Json, values: Readonly<Record<string, string>>): Json {
  if (typeof value === 'string') {
    return value.replace(/\$\{([A-Za-z0-9_]+)\}/g, (whole, key: string) =>
      Object.hasOwn(values, key) ? String(values[key]) : whole,
    );
  }
  if (Array.isArray(value)) return value.map((item: Json) => replaceIn(item, values));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, replaceIn(item as Json, values)]),
  );
}
