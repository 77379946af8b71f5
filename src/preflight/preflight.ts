import { checkDms, type DmsSources } from './dms/check-dms.ts';
import { type Finding, sortFindings } from './finding.ts';
import { checkWarehouse, type WarehouseSources } from './warehouse/check-warehouse.ts';

/** What can be looked at before a load, wherever it runs. */
export interface PreflightSources {
  readonly warehouse: WarehouseSources;
  readonly dms: DmsSources;
}

/** Looks at warehouse and DMS: all findings, the worst first. Changes nothing. */
export async function preflight({ warehouse, dms }: PreflightSources): Promise<readonly Finding[]> {
  const found = await Promise.all([checkWarehouse(warehouse), checkDms(dms)]);
  return sortFindings(found.flat());
}
