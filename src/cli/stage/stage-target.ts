import { type Target, type TargetParts, TargetSchema } from '../../data-api/target.ts';
import { LOCAL_CLUSTER, LOCAL_DATABASE, LOCAL_STAGE } from '../../local-stage/local-stage.ts';
import { readParametersOf } from './service-parameters.ts';

/**
 * The warehouse of a stage, as its runs use it: from serverless.yml. Undefined where its parameters say it in a way that only the
 * Serverless Framework can read.
 * @throws InvalidConfig for a serverless.yml that cannot be read
 */
export async function readStageTarget(stage: string): Promise<Target | undefined> {
  if (stage === LOCAL_STAGE)
    return { clusterIdentifier: LOCAL_CLUSTER, database: LOCAL_DATABASE, dbUser: 'runtime' };
  const { values } = await readParametersOf(stage);
  const { clusterIdentifier, workgroupName, database, secretArn, dbUser }: TargetParts = values;
  const parts = { clusterIdentifier, workgroupName, database, secretArn, dbUser };
  const given = Object.entries(parts).filter(([, value]) => value !== undefined);
  return TargetSchema.safeParse(Object.fromEntries(given)).data;
}
