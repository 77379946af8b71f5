import type { Support } from './contracts.ts';

/** The rows of a table that is written as text, one a line, with `|` between the cells. */
export function tableRows(text: string): readonly (readonly string[])[] {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  return lines.map((line) => line.split('|').map((cell) => cell.trim()));
}

const STATUSES = ['supported', 'partial', 'refused'] as const;

/**
 * Reads `operation | part | status | note`. Several operations that share a row stand in one cell, with commas between them; part and
 * note may be empty.
 * @throws Error where a row has no such status
 */
export function supportTable(text: string): readonly Support[] {
  return tableRows(text).flatMap(([operations = '', field = '', asked, note = '']) => {
    const status = STATUSES.find((known) => known === asked);
    if (status === undefined) throw new Error(`${operations} ${field}: ${asked} is no status`);
    const rest = { ...(field === '' ? {} : { field }), status, ...(note === '' ? {} : { note }) };
    return operations.split(', ').map((operation) => ({ operation, ...rest }));
  });
}
