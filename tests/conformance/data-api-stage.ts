import { type DataApi, type Description, describeStatement, isRunning } from '../../src/data-api/describe.ts';
import { submitAttempt } from '../../src/statements/submit.ts';
import { requestOf } from './warehouse-steps.ts';

/** A Data API over a warehouse that has the steps of warehouse-steps.ts. */
export interface DataApiStage {
  readonly api: DataApi;
  /** Gives a staged table so many rows. */
  fill(table: string, rows: number): Promise<void>;
  /** Keeps a table from being read, as a load does that empties it, until the answered function is called. */
  hold(table: string): Promise<() => Promise<void>>;
  /** Ids of the loads that a step has taken to production, each as often as it did. */
  applied(step: string): Promise<readonly string[]>;
  /** Lets the audit of a step find so many rows wrong in a load. */
  spoil(step: string, load: number, rows: number): Promise<void>;
  /** Repairs all rows of a load. */
  repair(load: number): Promise<void>;
  /** Lets time go by, in milliseconds. */
  pass(ms: number): Promise<void>;
  close(): Promise<void>;
}

/** Ways to run the steps of warehouse-steps.ts. */
export function createStepRuns(api: () => DataApi) {
  const submit = async (...step: Parameters<typeof requestOf>) =>
    (await submitAttempt(api(), requestOf(...step), 1)).id;
  const untilStatus = async (id: string, isThere: (status: string) => boolean): Promise<Description> => {
    const description = await describeStatement(api(), id, 1);
    return isThere(description.status) ? description : untilStatus(id, isThere);
  };
  const ended = (id: string) => untilStatus(id, (status) => !isRunning(status));
  const started = (id: string) => untilStatus(id, (status) => status === 'STARTED');
  const run = async (...step: Parameters<typeof requestOf>) => ended(await submit(...step));
  return { submit, ended, started, run };
}
