import { createHash } from 'node:crypto';
import { InvalidPipeline } from '../../errors/errors.ts';
import { firstStep, type ParallelTree } from '../schedule/step-tree.ts';
import { STATE_NAME_CHARACTERS } from './service-limits.ts';

/** Name of the state that ends a branch, after the last step of the branch. */
export function branchEndName(step: string): string {
  return `Branch_ends_on_${step}`;
}

/**
 * Name of the Parallel state for branches, made of the first steps of the first two: `Parallel_A_and_B`. No other
 * Parallel state has the same second step, and later branches do not change the name. If it is too long, its end is
 * replaced by a hash.
 */
export function parallelName({ branches }: ParallelTree): string {
  const [first = '', second = ''] = branches.map(firstStep);
  const name =
    branches.length > 2 ? `Parallel_${first}_${second}_and_more` : `Parallel_${first}_and_${second}`;
  if (name.length <= STATE_NAME_CHARACTERS) return name;
  const hash = createHash('sha256').update(name).digest('hex').slice(0, 8);
  return `${name.slice(0, STATE_NAME_CHARACTERS - 9)}_${hash}`;
}

/** Registers the owner of a state's name. @throws InvalidPipeline for a name that is taken, or too long */
export type ClaimName = (name: string, owner: string) => void;

/**
 * Creates a register of a machine's state names. They must be unique in the whole machine with its branches, have at
 * most 80 characters, and differ in more than upper and lower case.
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
