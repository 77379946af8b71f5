/** What names of a stage are made of. */
interface NamedStage {
  readonly service: string;
  readonly stage: string;
}

/** Name of a resource that a stage has one of. */
export function stageName({ service, stage }: NamedStage, what: string): string {
  return `${service}-${stage}-${what}`;
}

/**
 * Name of the role of the functions around statements. With IAM credentials its database user is called `IAMR:`
 * followed by this name. Grants need the name before there is a stack.
 */
export function statementRoleName(stage: NamedStage, region: string): string {
  return stageName(stage, `${region}-statements`);
}

/**
 * Name of the role of the state machines. It is fixed, not random: machines stay when a stage is removed, and find
 * their role again when the stage is deployed again.
 */
export function machineRoleName(stage: NamedStage, region: string): string {
  return stageName(stage, `${region}-machines`);
}

export function machineName({ stage }: Pick<NamedStage, 'stage'>, pipeline: string): string {
  return `${pipeline}-${stage}`;
}
