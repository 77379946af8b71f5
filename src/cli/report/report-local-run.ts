import { RedshiftDataClient } from '@aws-sdk/client-redshift-data';
import { SFNClient } from '@aws-sdk/client-sfn';
import { systemClock } from '../../clock.ts';
import type { Pipeline } from '../../definition/pipeline.ts';
import { localClientConfig } from '../../local-stage/local-client-config.ts';
import { readReport } from '../../report/read/read-report.ts';
import { savePage } from './save-report.ts';

/**
 * Writes the page of a run of a local stack.
 * @param url of the stack's endpoint
 * @returns a line that names the file, or says why there is none: a run that went well stays so without its report
 */
export async function reportLocalRun(
  url: string,
  pipelines: readonly Pipeline[],
  executionArn: string,
): Promise<{ readonly line: string; readonly path?: string }> {
  const config = localClientConfig(url);
  const [sfn, api] = [new SFNClient(config), new RedshiftDataClient(config)];
  try {
    const report = await readReport({ sfn, api, pipelines, clock: systemClock }, executionArn);
    const path = await savePage(report);
    return { line: `report: ${path}`, path };
  } catch (error) {
    return { line: `! no report was written: ${error instanceof Error ? error.message : String(error)}` };
  } finally {
    sfn.destroy();
    api.destroy();
  }
}
