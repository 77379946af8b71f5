/** A load that a step's fence table has on record. */
export interface FenceEntry {
  readonly loadId: string;
  /** ISO 8601. */
  readonly loadStartedAt: string;
}

/** Arguments of elt.sp_fence. */
export interface FenceCall {
  readonly fence_table: string;
  readonly load_id: string;
  readonly load_started_at: string;
  /** `schema.table=rows`, comma between. */
  readonly staged_rows: string;
}

/**
 * What elt.sp_fence raises, or undefined when it records the load: the same rules in the same order.
 * @param rowsOf rows of a staged table as the transaction sees it
 */
export function judgeFence(
  entries: readonly FenceEntry[],
  call: FenceCall,
  rowsOf: (table: string) => number,
): string | undefined {
  const fence = `elt.${call.fence_table}`;
  if (entries.some(({ loadId }) => loadId === call.load_id))
    return `ELT_DONE: load ${call.load_id} is recorded in ${fence}`;
  if (entries.some(({ loadStartedAt }) => loadStartedAt > call.load_started_at))
    return `ELT_STALE: a newer load than ${call.load_id} is recorded in ${fence}`;
  for (const entry of call.staged_rows.split(',')) {
    if (entry === 'none') break;
    const [table = '', rows] = entry.split('=');
    const found = rowsOf(table);
    if (String(found) !== rows)
      return `ELT_STAGING: ${table} has ${found} rows, which are not those of load ${call.load_id}`;
  }
  return undefined;
}
