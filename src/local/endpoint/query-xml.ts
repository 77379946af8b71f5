/** Members of an answer; undefined ones are left out. */
type XmlValue = unknown;

/**
 * Writes an operation's output as elements: lists as `member` items and maps as `entry` items, or, where `flattened`
 * names the item, as repeated elements of that name.
 */
export function writeXml(output: object, flattened: Readonly<Record<string, string>> = {}): string {
  return Object.entries(output)
    .filter(([, value]) => value !== undefined && value !== null)
    .map(([name, value]) => writeMember(name, value, flattened))
    .join('');
}

/** Text for an element's content. Characters that XML 1.0 cannot hold are replaced. */
export function escapeXml(text: string): string {
  return text
    .replace(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '\uFFFD')
    .replace(/[&<>"\r]/g, (character) => `&#${character.charCodeAt(0)};`);
}

function writeMember(name: string, value: XmlValue, flattened: Readonly<Record<string, string>>): string {
  const item = flattened[name];
  if (Array.isArray(value)) {
    const items = value.map((entry) => element(item ?? 'member', writeValue(entry, flattened))).join('');
    return item ? items : element(name, items);
  }
  if (item && typeof value === 'object' && value !== null) {
    return Object.entries(value)
      .map(([key, entry]) => element(item, element('Name', escapeXml(key)) + writeMapValue(entry, flattened)))
      .join('');
  }
  return element(name, writeValue(value, flattened));
}

const writeMapValue = (value: XmlValue, flattened: Readonly<Record<string, string>>) =>
  element('Value', writeValue(value, flattened));

const writeValue = (value: XmlValue, flattened: Readonly<Record<string, string>>): string =>
  typeof value === 'object' && value !== null ? writeXml(value, flattened) : escapeXml(String(value));

const element = (name: string, content: string) => `<${name}>${content}</${name}>`;
