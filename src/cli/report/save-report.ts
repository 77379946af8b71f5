import { renderReport } from '../../report/html/run-page.ts';
import type { Report } from '../../report/report.ts';
import { writeFileAt } from './write-file.ts';

/** Where reports go, if nothing else is said; git does not see it. */
export const REPORTS_FOLDER = 'reports';

/**
 * Saves the report of a run as a page.
 * @param out path; by default a file of its own in reports/
 * @returns the path
 * @throws InvalidConfig when it cannot be written
 */
export async function savePage(report: Report, out?: string): Promise<string> {
  const path = out ?? `${REPORTS_FOLDER}/${report.name.replaceAll(/[^\w.-]/g, '_')}.html`;
  await writeFileAt(path, renderReport(report));
  return path;
}
