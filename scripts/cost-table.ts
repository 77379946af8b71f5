import { renderCostTable } from '../src/compile/cost/monthly-cost.ts';

const BEGIN = '<!-- costs -->';
const END = '<!-- /costs -->';

/** README.md with the table of costs between its marks. */
export function withCosts(readme: string): string {
  const begin = readme.indexOf(BEGIN);
  const end = readme.indexOf(END);
  if (begin < 0 || end < begin) throw new Error(`README.md has no ${BEGIN} … ${END}`);
  return `${readme.slice(0, begin)}${BEGIN}\n\n${renderCostTable()}\n\n${readme.slice(end)}`;
}
