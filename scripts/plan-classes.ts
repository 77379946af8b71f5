import { CHANGE_CLASSES, CHANGE_KINDS, CLASS_MEANINGS } from '../src/plan/change.ts';

const BEGIN = '<!-- classes -->';
const END = '<!-- /classes -->';

/** docs/plan.md with the table of kinds of change between its marks. */
export function withClasses(page: string): string {
  const begin = page.indexOf(BEGIN);
  const end = page.indexOf(END);
  if (begin < 0 || end < begin) throw new Error(`docs/plan.md has no ${BEGIN} … ${END}`);
  return `${page.slice(0, begin)}${BEGIN}\n\n${renderClasses()}\n\n${page.slice(end)}`;
}

function renderClasses(): string {
  const meanings = CHANGE_CLASSES.map((ofClass) => `- **${ofClass}**: ${CLASS_MEANINGS[ofClass]}`);
  const rows = Object.entries(CHANGE_KINDS)
    .toSorted(([, [a]], [, [b]]) => CHANGE_CLASSES.indexOf(b) - CHANGE_CLASSES.indexOf(a))
    .map(([kind, [ofClass, because]]) => `| ${ofClass} | \`${kind}\` | ${because} |`);
  return [...meanings, '', '| class | kind | because |', '| --- | --- | --- |', ...rows].join('\n');
}
