import { arnBeside } from '../../arn.ts';
import type { Pipeline } from '../../definition/pipeline.ts';
import { TaskIdentifierSchema } from '../../names/names.ts';
import { ownArn, type Resource } from '../template/cloudformation.ts';
import { refuseLongNames } from './name-lengths.ts';
import { refuseElsewhere } from './parameter-regions.ts';
import { machineName } from './stage-names.ts';
import { InvalidParameter, type StageParameters } from './stage-parameters.ts';

/** A stage to package: its pipelines, its parameters, and what follows from both. */
export interface Stage {
  readonly service: string;
  readonly stage: string;
  /** Region that the stage is deployed to. */
  readonly region: string;
  readonly pipelines: readonly Pipeline[];
  readonly parameters: StageParameters;
  /** ARN of each DMS task by the identifier that pipelines use. */
  readonly taskArns: Readonly<Record<string, string>>;
  /** The task that the stage creates itself. */
  readonly createdTask: CreatedTask | undefined;
}

export interface CreatedTask {
  /** Name that pipelines use. */
  readonly identifier: string;
  /** Name that it has in DMS, and at the end of its ARN. */
  readonly name: string;
  readonly replicationInstanceArn: string;
  readonly sourceEndpointArn: string;
  readonly targetEndpointArn: string;
}

/** Characters of a DMS resource identifier. */
const RESOURCE_IDENTIFIER_CHARACTERS = 31;

/**
 * Combines pipelines and parameters.
 * @throws InvalidParameter for a DMS task without an ARN that cannot be created, for one that no pipeline uses, for
 * two with one ARN, for ARNs of another Region or partition or of different accounts, and for a stage whose name is
 * too long or does not fit its DMS task
 */
export function createStage(parts: Omit<Stage, 'taskArns' | 'createdTask'>): Stage {
  refuseLongNames(parts);
  refuseElsewhere(parts.region, parts.parameters);
  const { dmsTasks } = parts.parameters;
  const identifiers = [...new Set(parts.pipelines.flatMap(({ tasks }) => tasks))];
  refuseUnused(Object.keys(dmsTasks), identifiers);
  refuseShared(dmsTasks);
  const missing = identifiers.filter((identifier) => dmsTasks[identifier] === undefined);
  const createdTask = taskToCreate(parts, missing);
  const taskArns = Object.fromEntries(
    identifiers.map((identifier) => [
      identifier,
      dmsTasks[identifier] ?? taskArn(createdTask as CreatedTask),
    ]),
  );
  return { ...parts, taskArns, createdTask };
}

/** One that is misspelt, or left over. */
function refuseUnused(given: readonly string[], used: readonly string[]): void {
  const unused = given.filter((identifier) => !used.includes(identifier));
  if (unused.length === 0) return;
  throw new InvalidParameter(
    `parameter dmsTasks: no pipeline uses the DMS task ${quoted(unused)}; the pipelines use ${quoted(used)}`,
  );
}

/** Refuses two identifiers for one task: a load or an event could belong to either. */
function refuseShared(dmsTasks: Readonly<Record<string, string>>): void {
  for (const arn of Object.values(dmsTasks)) {
    const names = Object.keys(dmsTasks).filter((name) => dmsTasks[name] === arn);
    if (names.length > 1)
      throw new InvalidParameter(`parameter dmsTasks: ${quoted(names)} have the same ARN, ${arn}`);
  }
}

function quoted(identifiers: readonly string[]): string {
  return identifiers.map((identifier) => `"${identifier}"`).join(', ');
}

function taskToCreate(
  { stage, parameters }: Pick<Stage, 'stage' | 'parameters'>,
  missing: readonly string[],
): CreatedTask | undefined {
  const {
    dmsReplicationInstanceArn: replicationInstanceArn,
    dmsSourceEndpointArn: sourceEndpointArn,
    dmsTargetEndpointArn: targetEndpointArn,
  } = parameters;
  const [identifier, ...others] = missing;
  if (identifier === undefined) return undefined;
  const named = quoted(missing);
  if (replicationInstanceArn === undefined)
    throw new InvalidParameter(`parameter dmsTasks: has no ARN for the DMS task ${named}`);
  if (others.length > 0)
    throw new InvalidParameter(
      `parameter dmsTasks: has no ARN for ${named}, and the stage can create at most one of them`,
    );
  if (sourceEndpointArn === undefined) throw missingEndpoint('dmsSourceEndpointArn', identifier);
  if (targetEndpointArn === undefined) throw missingEndpoint('dmsTargetEndpointArn', identifier);
  const name = `${identifier}-${stage}`;
  if (!TaskIdentifierSchema.safeParse(name).success)
    throw new InvalidParameter(
      `stage "${stage}": the DMS task "${name}" that it creates may have single hyphens only, and not at its end`,
    );
  if (name.length > RESOURCE_IDENTIFIER_CHARACTERS) {
    const limit = `DMS allows ${RESOURCE_IDENTIFIER_CHARACTERS} characters`;
    throw new InvalidParameter(
      `parameter dmsTasks: has no ARN for "${identifier}", and "${name}" is too long: ${limit}`,
    );
  }
  return { identifier, name, replicationInstanceArn, sourceEndpointArn, targetEndpointArn };
}

function missingEndpoint(parameter: string, identifier: string): Error {
  return new InvalidParameter(
    `parameter ${parameter}: is missing: it is needed to create the DMS task "${identifier}"`,
  );
}

/** A task lives in the partition, Region and account of its replication instance. */
function taskArn({ name, replicationInstanceArn }: CreatedTask): string {
  return arnBeside(replicationInstanceArn, 'dms', `task:${name}`);
}

/**
 * ARNs of the pipelines' state machines, or of their executions. They are made from names, because a Ref would make
 * roles depend on machines.
 */
export function statesArns(
  { pipelines, stage }: Pick<Stage, 'pipelines' | 'stage'>,
  kind: 'stateMachine' | 'execution',
): readonly Resource[] {
  const suffix = kind === 'execution' ? ':*' : '';
  return pipelines.map(({ name }) => ownArn('states', `${kind}:${machineName({ stage }, name)}${suffix}`));
}
