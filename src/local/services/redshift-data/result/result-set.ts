import type { SqlColumn } from '../../../contracts.ts';
import { WarehouseError } from '../../../warehouse/warehouse-error.ts';

/** A statement's rows, kept outside the heap in the pages that GetStatementResult returns. */
export interface ResultSet {
  readonly columns: readonly SqlColumn[];
  readonly totalRows: number;
  /** Bytes of all values' text. */
  readonly size: number;
  readonly pages: readonly Buffer[];
}

export interface ResultLimits {
  readonly rowBytes: number;
  readonly resultBytes: number;
  readonly pageRows: number;
  readonly pageBytes: number;
}

/**
 * 64 KB a row and 500 MB a result: https://docs.aws.amazon.com/redshift/latest/mgmt/data-api.html. How many rows a page
 * has is not published.
 */
export const AWS_RESULT_LIMITS: ResultLimits = {
  rowBytes: 64 * 1024,
  resultBytes: 500 * 1024 * 1024,
  pageRows: 500,
  pageBytes: 1024 * 1024,
};

type Row = readonly (string | null)[];

/**
 * Keeps a statement's rows.
 * @throws WarehouseError when a row or the whole is too large for the Data API
 */
export function keepResult(
  columns: readonly SqlColumn[],
  rows: readonly Row[],
  limits: ResultLimits = AWS_RESULT_LIMITS,
): ResultSet {
  const pages: Buffer[] = [];
  let page: Row[] = [];
  let pageSize = 0;
  let size = 0;
  const closePage = () => {
    pages.push(ownBytes(JSON.stringify(page)));
    page = [];
    pageSize = 0;
  };
  for (const row of rows) {
    const rowSize = sizeOf(row);
    if (rowSize > limits.rowBytes)
      throw new WarehouseError(`Packet for query is too large (${rowSize} > ${limits.rowBytes}).`);
    size += rowSize;
    if (size > limits.resultBytes) throw new WarehouseError('Database response exceeded size limit.');
    if (page.length > 0 && pageSize + rowSize > limits.pageBytes) closePage();
    page.push(row);
    pageSize += rowSize;
    if (page.length === limits.pageRows) closePage();
  }
  if (page.length > 0 || pages.length === 0) closePage();
  return { columns, totalRows: rows.length, size, pages };
}

/** A text in memory of its own. A small Buffer is otherwise a part of 64 KB, which it keeps as long as it lives. */
function ownBytes(text: string): Buffer {
  const bytes = Buffer.allocUnsafeSlow(Buffer.byteLength(text));
  bytes.write(text);
  return bytes;
}

/** The rows of one page; undefined beyond the last. */
export function readPage(result: ResultSet, index: number): readonly Row[] | undefined {
  const page = result.pages[index];
  return page && (JSON.parse(page.toString()) as Row[]);
}

function sizeOf(row: Row): number {
  let size = 0;
  for (const value of row) if (value !== null) size += Buffer.byteLength(value);
  return size;
}
