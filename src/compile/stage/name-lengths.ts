import type { Pipeline } from '../../definition/pipeline.ts';
import { machineName, statementRoleName } from './stage-names.ts';
import { InvalidParameter } from './stage-parameters.ts';

/**
 * Characters of a role's name; a function's may have as many, and is shorter.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
 */
const ROLE_CHARACTERS = 64;

/** Characters of a state machine's name. https://docs.aws.amazon.com/step-functions/latest/apireference/API_CreateStateMachine.html */
const MACHINE_CHARACTERS = 80;

interface StageParts {
  readonly service: string;
  readonly stage: string;
  readonly region: string;
  readonly pipelines: readonly Pipeline[];
}

/**
 * Checks the names that a stage's name is part of. @throws InvalidParameter for a name of a stage that makes one of
 * them too long for AWS
 */
export function refuseLongNames(stage: StageParts): void {
  const machines = stage.pipelines.map(({ name }) => machineName(stage, name));
  refuseLonger(stage, 'the role', [statementRoleName(stage, stage.region)], ROLE_CHARACTERS);
  refuseLonger(stage, 'the state machine', machines, MACHINE_CHARACTERS);
}

function refuseLonger(
  { stage }: StageParts,
  what: string,
  names: readonly string[],
  characters: number,
): void {
  const [longest = ''] = names.toSorted((a, b) => b.length - a.length);
  const excess = longest.length - characters;
  if (excess <= 0) return;
  throw new InvalidParameter(
    `stage "${stage}": is too long by ${excess}: ${what} "${longest}" may have ${characters} characters`,
  );
}
