/** Width of text for those who are no terminal. */
const READABLE_COLUMNS = 100;
const NARROWEST_COLUMNS = 40;

/** Characters that a line of text should have at most on a stream. */
export function readableColumns({ isTTY, columns }: Pick<NodeJS.WriteStream, 'isTTY' | 'columns'>): number {
  return isTTY ? Math.max(NARROWEST_COLUMNS, columns) : READABLE_COLUMNS;
}
