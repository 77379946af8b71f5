import { type Figure, type Findings, isMet, type Table } from './subject.ts';

/** The machine and the day of a measurement. */
export interface Machine {
  readonly cpu: string;
  readonly cores: number;
  readonly node: string;
  /** ISO 8601. */
  readonly measuredAt: string;
}

export interface SubjectResult extends Findings {
  readonly name: string;
  readonly title: string;
  readonly about: string;
  readonly machine: Machine;
}

/** A number with as many digits as say something. */
export function shownNumber(value: number): string {
  if (!Number.isFinite(value)) return '–';
  const size = Math.abs(value);
  if (size >= 100 || Number.isInteger(value)) return String(Math.round(value));
  return value.toFixed(size >= 10 ? 1 : size >= 0.01 || size === 0 ? 2 : 4);
}

function shownBar({ bar, unit }: Figure): string {
  if (bar === undefined) return '';
  return 'most' in bar ? `≤ ${shownNumber(bar.most)} ${unit}` : `≥ ${shownNumber(bar.least)} ${unit}`;
}

function shownMet(figure: Figure): string {
  const met = isMet(figure);
  if (met === undefined) return '';
  return met ? 'yes' : '**no**';
}

function markdownTable({ columns, rows }: Pick<Table, 'columns' | 'rows'>): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(columns), line(columns.map(() => '---')), ...rows.map(line)].join('\n');
}

const COLUMNS = ['figure', 'ours', 'bar', 'met'];

function figureRows(figures: readonly Figure[]): readonly (readonly string[])[] {
  return figures.map((figure) => [
    figure.what,
    `${shownNumber(figure.ours)} ${figure.unit}`,
    shownBar(figure),
    shownMet(figure),
  ]);
}

/** A subject as a chapter of docs/benchmarks.md. */
export function renderSubject({ title, about, machine, figures, tables }: SubjectResult): string {
  const { cpu, cores, node, measuredAt } = machine;
  const hasClock = figures.some(({ kind }) => kind === 'clock');
  const where = hasClock
    ? ` Measured on ${cores} cores of ${cpu}, Node ${node}, ${measuredAt.slice(0, 10)}.`
    : '';
  return [
    `## ${title}`,
    `${about}${where}`,
    ...(figures.length === 0 ? [] : [markdownTable({ columns: COLUMNS, rows: figureRows(figures) })]),
    ...tables.map((table) => `${table.title}:\n\n${markdownTable(table)}`),
  ].join('\n\n');
}

/** A subject's figures for the terminal: a line each, the parts below each other. */
export function renderLines({ title, figures }: Pick<SubjectResult, 'title' | 'figures'>): string {
  const rows = [COLUMNS, ...figureRows(figures)].map((row) => row.map((cell) => cell.replaceAll('*', '')));
  const widths = COLUMNS.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const lines = rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
  return `${title}\n${lines.map((line) => `  ${line}`).join('\n')}\n`;
}

const BEGIN = '<!-- figures -->';
const END = '<!-- /figures -->';

/** docs/benchmarks.md with its figures between the marks. */
export function withFigures(page: string, results: readonly SubjectResult[]): string {
  const begin = page.indexOf(BEGIN);
  const end = page.indexOf(END);
  if (begin < 0 || end < begin) throw new Error(`docs/benchmarks.md has no ${BEGIN} … ${END}`);
  const chapters = results.map(renderSubject).join('\n\n');
  return `${page.slice(0, begin)}${BEGIN}\n\n${chapters}\n\n${page.slice(end)}`;
}
