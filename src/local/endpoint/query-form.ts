/** Form fields as nested values: numbers in a path make lists, `entry` with Name or key and Value makes a map. */
export type FormValue = string | FormValue[] | { [key: string]: FormValue };

type Branch = Map<string, Branch | string>;

/**
 * Decodes `A.member.1.B=x` into `{A: [{B: 'x'}]}` as the AWS query protocol means it. Values stay text.
 * @param flattened list or map member to the singular name its items have on the wire, e.g. `Attributes: 'Attribute'`
 * https://smithy.io/2.0/aws/protocols/aws-query-protocol.html
 */
export function decodeForm(
  fields: Iterable<readonly [string, string]>,
  flattened: Readonly<Record<string, string>> = {},
): Record<string, FormValue> {
  const root: Branch = new Map();
  for (const [path, value] of fields) plant(root, path.split('.'), value);
  const members = new Map(Object.entries(flattened).map(([member, item]) => [item, member]));
  return Object.fromEntries([...root].map(([name, node]) => [members.get(name) ?? name, harvest(node)]));
}

function plant(root: Branch, path: readonly string[], value: string): void {
  let branch = root;
  for (const step of path.slice(0, -1)) {
    const next = branch.get(step);
    if (next instanceof Map) branch = next;
    else {
      const grown: Branch = new Map();
      branch.set(step, grown);
      branch = grown;
    }
  }
  branch.set(path.at(-1) as string, value);
}

function harvest(node: Branch | string): FormValue {
  if (typeof node === 'string') return node;
  const wrapped = node.size === 1 ? (node.get('member') ?? node.get('entry')) : undefined;
  if (wrapped instanceof Map) return harvest(wrapped);
  const names = [...node.keys()];
  if (!names.every((name) => /^\d+$/.test(name))) {
    return Object.fromEntries([...node].map(([name, child]) => [name, harvest(child)]));
  }
  const items = names.sort((a, b) => Number(a) - Number(b)).map((name) => node.get(name) as Branch | string);
  return items.every(isMapEntry) ? mapOf(items) : items.map(harvest);
}

/** Names of an entry's members: SNS has both kinds. */
const ENTRY_MEMBERS = [
  ['Name', 'Value'],
  ['key', 'value'],
] as const;

const isMapEntry = (item: Branch | string): item is Branch =>
  item instanceof Map &&
  item.size === 2 &&
  ENTRY_MEMBERS.some(([name, value]) => item.has(value) && typeof item.get(name) === 'string');

const mapOf = (items: readonly Branch[]) =>
  Object.fromEntries(
    items.map((item) => [
      (item.get('Name') ?? item.get('key')) as string,
      harvest((item.get('Value') ?? item.get('value')) as Branch | string),
    ]),
  );
