import { startWarehouse } from '../local/index.ts';
import type { SampleStackOptions } from './fill-sample-stack.ts';
import type { Stack } from './stack.ts';

/**
 * Starts the local stack with the pipelines, the sample's source and its DMS task, and applies sql/migrations.
 * PostgreSQL takes longest to start, so everything else is loaded meanwhile.
 */
export async function startSampleStack(options: SampleStackOptions): Promise<Stack> {
  const report = (line: string) => void process.stderr.write(`${line}\n`);
  const warehouse = startWarehouse(report);
  try {
    const { fillSampleStack } = await import('./fill-sample-stack.ts');
    return await fillSampleStack(options, warehouse.starting, report);
  } catch (error) {
    // Does nothing if the stack has closed it already.
    await warehouse.close();
    throw error;
  }
}
