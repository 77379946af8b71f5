/**
 * Compiles a name of an object locator: `%` any text, `_` one character, `[ab]` one of a set, `[a-d]` one of
 * a range, `[_]` the character itself.
 * Case counts. A name without any of these is matched exactly.
 * @see https://docs.aws.amazon.com/dms/latest/userguide/CHAP_Tasks.CustomizingTasks.TableMapping.SelectionTransformation.Wildcards.html
 */
export function compileNamePattern(pattern: string): (name: string) => boolean {
  const parts = pattern.match(/\[[^\]]+\]|[\s\S]/g) ?? [];
  const expression = new RegExp(`^${parts.map(toExpression).join('')}$`, 's');
  return (name) => expression.test(name);
}

/** Whether the name can match more than one object. `_` does not count: names of tables have it, and mean it. */
export function isPattern(name: string): boolean {
  return name.includes('%') || /\[[^\]]{2,}\]/.test(name);
}

function toExpression(part: string): string {
  if (part === '%') return '.*';
  if (part === '_') return '.';
  if (part.length === 1) return part.replace(/[\\^$.*+?()[\]{}|]/, '\\$&');
  return `[${part.slice(1, -1).replace(/[\\\]^]/g, '\\$&')}]`;
}
