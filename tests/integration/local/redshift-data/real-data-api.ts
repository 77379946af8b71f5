import { GetStatementResultCommand } from '@aws-sdk/client-redshift-data';
import { afterAll, beforeAll } from 'vitest';
import { type LocalRedshift, startLocalRedshift } from '../../../fixtures/local-redshift.ts';

export const DEV = { ClusterIdentifier: 'redshiftcluster-abcd', Database: 'dev' };

/** A Data API of the test file, over a server of its own. */
export let redshift: LocalRedshift;

beforeAll(async () => {
  redshift = await startLocalRedshift();
  await redshift.run('create schema data_api');
});

afterAll(() => redshift.close());

/** The rows of a statement. */
export const records = async (Id: string | undefined) =>
  (await redshift.client.send(new GetStatementResultCommand({ Id }))).Records;
