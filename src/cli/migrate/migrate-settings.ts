import type { Target } from '../../data-api/target.ts';
import { InvalidConfig } from '../../errors/errors.ts';
import { LOCAL_REGION } from '../../local/index.ts';
import { LOCAL_CLUSTER, LOCAL_DATABASE } from '../../local-stage/local-stage.ts';
import { chooseTarget, type MigrateTargetFlags } from '../../migrations/choose-target.ts';
import type { Placeholders } from '../../migrations/parse-migration.ts';
import { readParametersOf, type ServiceFile } from '../stage/service-parameters.ts';
import { readEndpointUrl } from '../stage/stage-place.ts';

/** What `npm run local` is, to whom its parameters are no file's. */
const LOCAL_STAGE: ServiceFile = {
  stage: 'local',
  values: { clusterIdentifier: LOCAL_CLUSTER, database: LOCAL_DATABASE, dbUser: 'runtime' },
  region: LOCAL_REGION,
};

export interface SettingsFlags extends MigrateTargetFlags {
  readonly stage?: string;
  readonly endpointUrl?: string;
  readonly region?: string;
  readonly ownerUser: string;
  readonly dmsUser: string;
}

/** What a migrate needs to know of the stage. */
export interface MigrateSettings {
  readonly stage: string;
  readonly target: Target;
  /** Absent: the SDK's own default. */
  readonly region?: string;
  readonly endpointUrl?: string;
  readonly users: Placeholders;
}

/**
 * Settings of a stage: what flags say, then serverless.yml. Without a stage, an endpoint is the local one's.
 * @throws InvalidConfig naming what is missing or malformed
 */
export async function readSettings(flags: SettingsFlags): Promise<MigrateSettings> {
  const endpointUrl = readEndpointUrl(flags.endpointUrl);
  const stage = flags.stage ?? (endpointUrl ? LOCAL_STAGE.stage : undefined);
  if (stage === undefined)
    throw new InvalidConfig('pass --stage, or --endpoint-url with the address of npm run local');
  if (stage === LOCAL_STAGE.stage && !endpointUrl)
    throw new InvalidConfig('stage local needs --endpoint-url: npm run local prints the address');
  const parameters = stage === LOCAL_STAGE.stage ? LOCAL_STAGE : await readParametersOf(stage);
  const region = flags.region ?? parameters.region;
  return {
    stage,
    target: chooseTarget(flags, parameters, flags.ownerUser),
    users: {
      owner: flags.ownerUser,
      runtime: flags.runtimeUser ?? parameters.values.dbUser ?? 'runtime',
      dms: flags.dmsUser,
    },
    ...(region === undefined ? {} : { region }),
    ...(endpointUrl ? { endpointUrl } : {}),
  };
}

/** For the first line that a person reads. */
export function describeTarget({ stage, target, region, endpointUrl }: MigrateSettings): string {
  const warehouse =
    'clusterIdentifier' in target
      ? `cluster ${target.clusterIdentifier}`
      : `workgroup ${target.workgroupName}`;
  const user =
    'dbUser' in target ? `user ${target.dbUser}` : 'secretArn' in target ? 'the secret’s user' : 'IAM user';
  const where = endpointUrl ?? region ?? 'the default Region';
  return `stage ${stage}: database ${target.database} of ${warehouse} at ${where}, as ${user}`;
}
