/** What names of a stage are made of. */
interface NamedStage {
  readonly service: string;
  readonly stage: string;
}

/** Name of something that a stage has one of. */
export function stageName({ service, stage }: NamedStage, what: string): string {
  return `${service}-${stage}-${what}`;
}

/**
 * Name of the role around statements. With IAM credentials the database knows it as `IAMR:` and this name: grants need
 * it before there is a stack.
 */
export function statementRoleName(stage: NamedStage, region: string): string {
  return stageName(stage, `${region}-statements`);
}

/**
 * Name of the role of the state machines. It is given, not drawn: machines stay when a stage is removed, and have their role
 * again when it is deployed anew.
 */
export function machineRoleName(stage: NamedStage, region: string): string {
  return stageName(stage, `${region}-machines`);
}

export function machineName({ stage }: Pick<NamedStage, 'stage'>, pipeline: string): string {
  return `${pipeline}-${stage}`;
}
