import { isRenaming, type RenamingRule, type TableMappings } from '../../local/parts.ts';

/**
 * Names of the source that rules may have made a name of the target from, likely ones first. Whoever takes one asks the mappings what
 * they make of it: no rule is undone here.
 * @param like a name of the source whose case is likely
 */
export function sourceCandidates(
  { transformation }: TableMappings,
  kind: 'table' | 'column',
  target: string,
  like: string,
): readonly string[] {
  const rules = transformation.filter(isRenaming).filter((rule) => rule.target === kind);
  const plain = [target, ...rules.flatMap((rule) => undone(rule, target))];
  const isUpper = like !== like.toLowerCase() && like === like.toUpperCase();
  const cased = plain
    .filter((name) => name !== '')
    .flatMap((name) =>
      isUpper
        ? [name.toUpperCase(), name, name.toLowerCase()]
        : [name, name.toLowerCase(), name.toUpperCase()],
    );
  return [...new Set(cased)];
}

/** What a rule may have made the name from. */
function undone({ action, value, oldValue }: RenamingRule, target: string): readonly string[] {
  const cut = { start: target.slice(value.length), end: target.slice(0, target.length - value.length) };
  const [starts, ends] = [startsWith(target, value), endsWith(target, value)];
  const names: Readonly<Record<string, string | false>> = {
    'add-prefix': starts && cut.start,
    'add-suffix': ends && cut.end,
    'remove-prefix': value + target,
    'remove-suffix': target + value,
    'replace-prefix': starts && oldValue + cut.start,
    'replace-suffix': ends && cut.end + oldValue,
  };
  return [names[action]].filter((name) => typeof name === 'string');
}

function startsWith(text: string, part: string): boolean {
  return text.toLowerCase().startsWith(part.toLowerCase());
}

function endsWith(text: string, part: string): boolean {
  return text.toLowerCase().endsWith(part.toLowerCase());
}
