import { expect, it } from 'vitest';
import { compileLocalStage } from '../../src/local-stage/compiled-stage.ts';
import { LOCAL_CLUSTER, LOCAL_DATABASE } from '../../src/local-stage/local-stage.ts';

it('names the local cluster and its database as the parameters of the stage local do', () => {
  const { parameters } = compileLocalStage([]).stage;

  expect(parameters).toMatchObject({ clusterIdentifier: LOCAL_CLUSTER, database: LOCAL_DATABASE });
});
