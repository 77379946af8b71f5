/** A table of staging: what DMS has put into it so far. */
export interface StagedTable {
  readonly name: string;
  /** When the load began that emptied it last, epoch milliseconds; 0 before the first. */
  filledBy: number;
  rows: number;
  /** All rows of the load are there. */
  isComplete: boolean;
}

export function createStagedTable(name: string): StagedTable {
  return { name, filledBy: 0, rows: 0, isComplete: false };
}
