import { GetStatementResultCommand } from '@aws-sdk/client-redshift-data';
import { afterAll, beforeAll } from 'vitest';
import { type LocalRedshift, startLocalRedshift } from '../../../fixtures/local-redshift.ts';

export const DEV = { ClusterIdentifier: 'redshiftcluster-abcd', Database: 'dev' };

/** A Data API of the test file, over a server of its own. It is there when the tests run. */
export function useDataApi() {
  let redshift: LocalRedshift;
  beforeAll(async () => {
    redshift = await startLocalRedshift();
    await redshift.run('create schema data_api');
  });
  afterAll(() => redshift.close());
  return {
    get redshift() {
      return redshift;
    },
    /** The rows of a statement. */
    records: async (Id: string | undefined) =>
      (await redshift.client.send(new GetStatementResultCommand({ Id }))).Records,
  };
}
