import { createHash } from 'node:crypto';
import { InvalidPipeline } from '../../errors/errors.ts';
import { firstStep, type ParallelTree } from '../schedule/step-tree.ts';
import { STATE_NAME_CHARACTERS } from './service-limits.ts';

/** Name of the state that ends a branch behind the step that is the last in it. */
export function branchEndName(step: string): string {
  return `Branch_ends_on_${step}`;
}

/**
 * Name of the Parallel state for branches: from the steps that the first two begin with, `Parallel_A_and_B`. No other
 * Parallel state has the same second one, and branches that come later do not change the name. Shortened to the end of
 * a hash where it would be too long.
 */
export function parallelName({ branches }: ParallelTree): string {
  const [first = '', second = ''] = branches.map(firstStep);
  const name =
    branches.length > 2 ? `Parallel_${first}_${second}_and_more` : `Parallel_${first}_and_${second}`;
  if (name.length <= STATE_NAME_CHARACTERS) return name;
  const hash = createHash('sha256').update(name).digest('hex').slice(0, 8);
  return `${name.slice(0, STATE_NAME_CHARACTERS - 9)}_${hash}`;
}

/** Notes who a state's name belongs to. @throws InvalidPipeline for a name that is taken, or too long */
export type ClaimName = (name: string, owner: string) => void;

/**
 * A register of a machine's state names: they must be unique in the whole machine, its branches included, at most 80
 * characters long, and differ when they differ in case only.
 */
export function createNameRegister(pipeline: string): ClaimName {
  const owners = new Map<string, string>();
  return (name, owner) => {
    const other = owners.get(name);
    if (other !== undefined) {
      throw refused(pipeline, `${other} and ${owner} both have a state "${name}": rename the step`);
    }
    if (name.length > STATE_NAME_CHARACTERS) {
      const reason = `has ${name.length} characters, but Step Functions allows ${STATE_NAME_CHARACTERS}`;
      throw refused(pipeline, `${owner}: the name of its state "${name}" ${reason}`);
    }
    owners.set(name, owner);
  };
}

function refused(pipeline: string, reason: string): InvalidPipeline {
  return new InvalidPipeline(`pipeline "${pipeline}": ${reason}`);
}
