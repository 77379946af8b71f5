import type { RenamingRule } from './rules.ts';

/** The name that a rule makes of a name; the name itself where no rule is for it. */
export function rename(rule: RenamingRule | undefined, name: string): string {
  if (!rule) return name;
  const { action, value, oldValue } = rule;
  switch (action) {
    case 'rename':
      return value;
    case 'add-prefix':
      return value + name;
    case 'add-suffix':
      return name + value;
    case 'remove-prefix':
      return replacePrefix(name, value, '');
    case 'remove-suffix':
      return replaceSuffix(name, value, '');
    case 'replace-prefix':
      return replacePrefix(name, oldValue, value);
    case 'replace-suffix':
      return replaceSuffix(name, oldValue, value);
    case 'convert-lowercase':
      return name.toLowerCase();
    case 'convert-uppercase':
      return name.toUpperCase();
  }
}

function replacePrefix(name: string, from: string, to: string): string {
  return name.startsWith(from) ? to + name.slice(from.length) : name;
}

function replaceSuffix(name: string, from: string, to: string): string {
  return name.endsWith(from) ? name.slice(0, name.length - from.length) + to : name;
}
