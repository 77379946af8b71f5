import type * as z from 'zod';

type Issue = z.core.$ZodIssue;

/** One thing that is wrong with a value: where in it, and why. */
export interface Fault {
  readonly path: readonly PropertyKey[];
  readonly reason: string;
}

/**
 * What a schema finds wrong, one line for each fault: the field as it is reached from `root`, and the reason.
 * Zod's own `prettifyError` takes two lines for a fault, and says of a union no more than that it does not match.
 * @param whole stands for the field where the fault is of the whole value; without it, the reason stands alone
 */
export function describeIssues(
  { issues }: z.core.$ZodError,
  { root = [], whole = '' }: { readonly root?: readonly string[]; readonly whole?: string } = {},
): readonly string[] {
  return issues.flatMap(findFaults).map(({ path, reason }) => {
    const field = [...root, ...path].join('.') || whole;
    return field === '' ? reason : `${field}: ${reason}`;
  });
}

/**
 * The faults that an issue stands for. Of a union, they are those of the branch which was meant; the union's own message
 * counts where it has one and no field of that branch holds something wrong.
 */
export function findFaults(issue: Issue): readonly Fault[] {
  const { path, message } = issue;
  if (issue.code === 'invalid_union' && issue.errors.length > 0) {
    const branch = meantBranch(issue.errors);
    if (message !== SAYS_NOTHING && branch.every(isOfWhole)) return [{ path, reason: message }];
    return branch.flatMap(findFaults).map((fault) => ({ ...fault, path: [...path, ...fault.path] }));
  }
  // Of a key, the record only says that it is invalid.
  const reason = issue.code === 'invalid_key' ? issue.issues.map((one) => one.message).join(', ') : message;
  return [{ path, reason }];
}

/** Zod's message for a union whose author gave none. */
const SAYS_NOTHING = 'Invalid input';

/** A branch that takes another type altogether was not meant; of the others, the one with the fewest faults that got furthest was. */
function meantBranch(branches: readonly (readonly Issue[])[]): readonly Issue[] {
  const ofThisType = branches.filter((issues) => !issues.some(isOtherType));
  const candidates = ofThisType.length > 0 ? ofThisType : branches;
  const [closest = []] = candidates.toSorted((a, b) => a.length - b.length || depth(b) - depth(a));
  return closest;
}

function isOtherType({ code, path }: Issue): boolean {
  return code === 'invalid_type' && path.length === 0;
}

/** It complains of fields that are missing or there, or of the value itself, not of what one field holds. */
function isOfWhole({ code, path }: Issue): boolean {
  return code === 'unrecognized_keys' || code === 'invalid_type' || path.length === 0;
}

function depth(issues: readonly Issue[]): number {
  return Math.max(0, ...issues.map(({ path }) => path.length));
}
