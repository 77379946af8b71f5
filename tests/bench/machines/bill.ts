import { renderCostTable } from '../../../src/compile/cost/monthly-cost.ts';
import type { Findings, Subject } from '../subject.ts';

/** The rows of docs/costs.md. */
function costRows(): readonly (readonly string[])[] {
  return renderCostTable()
    .split('\n')
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );
}

async function measure(): Promise<Findings> {
  const [columns = [], , ...rows] = costRows();
  const total = (count: string) => Number(rows.find(([pipelines]) => pipelines === count)?.at(-1));
  return {
    figures: [
      {
        what: 'one nightly pipeline of ten steps, a month',
        ...{ ours: total('1'), unit: 'USD', bar: { most: 2 }, kind: 'ratio' },
      },
      {
        what: 'a hundred of them, a month',
        ...{ ours: total('100'), unit: 'USD', bar: { most: 30 }, kind: 'ratio' },
      },
    ],
    tables: [{ title: 'The same as in [costs.md](costs.md)', columns, rows }],
  };
}

export const bill: Subject = {
  name: 'bill',
  title: 'The bill of a month',
  about:
    'Computed from the compiled machines and alarms, by the list prices of us-east-1. [costs.md](costs.md) says what is assumed.',
  measure,
};
