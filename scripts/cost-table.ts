import { renderCostTable } from '../src/compile/cost/monthly-cost.ts';

const BEGIN = '<!-- costs -->';
const END = '<!-- /costs -->';

/** docs/costs.md with the table of costs between its marks. */
export function withCosts(page: string): string {
  const begin = page.indexOf(BEGIN);
  const end = page.indexOf(END);
  if (begin < 0 || end < begin) throw new Error(`docs/costs.md has no ${BEGIN} … ${END}`);
  return `${page.slice(0, begin)}${BEGIN}\n\n${renderCostTable()}\n\nWith \`detailedMetrics\`:\n\n${renderCostTable(true)}\n\n${page.slice(end)}`;
}
