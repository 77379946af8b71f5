import { createStage, type Stage } from '../../compile/stage/stage.ts';
import { statementRoleName } from '../../compile/stage/stage-names.ts';
import { readStageParameters, type StageParameters } from '../../compile/stage/stage-parameters.ts';
import { type Target, TargetSchema } from '../../data-api/target.ts';
import type { Pipeline } from '../../definition/pipeline.ts';
import { InvalidConfig } from '../../errors/errors.ts';
import { compileLocalStage } from '../../local-stage/compiled-stage.ts';
import { LOCAL_STAGE } from '../../local-stage/local-stage.ts';
import { chooseTarget } from '../../migrations/choose-target.ts';
import type { WarehouseUsers } from '../../preflight/warehouse/warehouse-facts.ts';
import { readWrittenStage } from '../stage/service-parameters.ts';
import { findStage, type StageFlags, type StagePlace } from '../stage/stage-place.ts';

export interface CheckFlags extends StageFlags {
  readonly pipeline?: string;
  readonly json?: boolean;
  readonly ownerUser: string;
  readonly runtimeUser?: string;
  readonly dmsUser: string;
  readonly secretArn?: string;
  readonly dbUser?: string;
}

/** A stage, and who is who in its warehouse. */
export interface CheckSettings {
  readonly place: StagePlace;
  readonly stage: Stage;
  readonly isLocal: boolean;
  /** As the runtime user. */
  readonly target: Target;
  ownerTarget(): Target;
  /** The secret does not say the name of its user. */
  readonly runsAsSession: boolean;
  readonly users: WarehouseUsers;
  /** The commands that apply migrations, and that deploy the tree. */
  readonly migrate: string;
  readonly deploy: string;
}

/**
 * What is to be checked: what flags say, then serverless.yml. Without a stage it is the local AWS.
 * @throws InvalidConfig, InvalidParameter for what cannot be read
 */
export async function readCheckSettings(
  flags: CheckFlags,
  pipelines: readonly Pipeline[],
): Promise<CheckSettings> {
  const { stage: name, ...place } = await findStage(flags);
  const isLocal = name === LOCAL_STAGE && place.endpointUrl !== undefined;
  const stage = isLocal ? compileLocalStage(pipelines).stage : await readStage(name, place, pipelines);
  const { parameters } = stage;
  const users = {
    owner: flags.ownerUser,
    runtime: flags.runtimeUser ?? runtimeOf(stage),
    dms: flags.dmsUser,
  };
  return {
    ...{ place, stage, isLocal, users, target: targetOf(parameters) },
    runsAsSession: parameters.secretArn !== undefined && flags.runtimeUser === undefined,
    ownerTarget: () => chooseTarget(flags, { stage: name, values: textsOf(parameters) }, flags.ownerUser),
    deploy: isLocal ? 'end npm run local, and start it again' : `npm run deploy -- --stage ${name}`,
    migrate: isLocal
      ? `npm run migrate -- --endpoint-url ${place.endpointUrl}`
      : `npm run migrate -- --stage ${name}`,
  };
}

async function readStage(
  name: string,
  { region }: StagePlace,
  pipelines: readonly Pipeline[],
): Promise<Stage> {
  const { service, given } = await readWrittenStage(name);
  if (region === undefined)
    throw new InvalidConfig(`the Region of stage ${name} is not known: pass --region`);
  return createStage({ service, stage: name, region, pipelines, parameters: readStageParameters(given) });
}

/** With IAM, Redshift names the user after the role of the functions. */
function runtimeOf(stage: Stage): string {
  const { dbUser, secretArn } = stage.parameters;
  if (dbUser !== undefined) return dbUser;
  return secretArn === undefined ? `IAMR:${statementRoleName(stage, stage.region)}` : 'runtime';
}

function targetOf({
  clusterIdentifier,
  workgroupName,
  database,
  secretArn,
  dbUser,
}: StageParameters): Target {
  const parts = { clusterIdentifier, workgroupName, database, secretArn, dbUser };
  return TargetSchema.parse(
    Object.fromEntries(Object.entries(parts).filter(([, value]) => value !== undefined)),
  );
}

function textsOf(parameters: StageParameters): Readonly<Record<string, string>> {
  const texts = Object.entries(parameters).filter(([, value]) => typeof value === 'string');
  return Object.fromEntries(texts) as Readonly<Record<string, string>>;
}
