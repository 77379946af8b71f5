import type * as z from 'zod';

type Issue = z.core.$ZodIssue;

/** One fault of a value: its place, and the reason. */
export interface Fault {
  readonly path: readonly PropertyKey[];
  readonly reason: string;
}

/**
 * The faults that a schema finds, one line each: the field as seen from `root`, and the reason. Zod's own
 * `prettifyError` takes two lines for a fault, and says about a union only that it does not match.
 * @param whole replaces the field when the fault is about the whole value; without it, the reason stands alone
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
 * The faults of an issue. For a union, they are the faults of the branch that was meant. The union's own message is
 * used if it has one and no field of that branch is wrong.
 */
export function findFaults(issue: Issue): readonly Fault[] {
  const { path, message } = issue;
  if (issue.code === 'invalid_union' && issue.errors.length > 0) {
    const branch = meantBranch(issue.errors);
    if (message !== SAYS_NOTHING && branch.every(isOfWhole)) return [{ path, reason: message }];
    return branch.flatMap(findFaults).map((fault) => ({ ...fault, path: [...path, ...fault.path] }));
  }
  // About a key, the record only says that it is invalid.
  const reason = issue.code === 'invalid_key' ? issue.issues.map((one) => one.message).join(', ') : message;
  return [{ path, reason }];
}

/** Zod's message for a union whose author gave none. */
const SAYS_NOTHING = 'Invalid input';

/**
 * Finds the branch that was meant: not one of another type, and of the others the one with the fewest faults, the
 * deepest first.
 */
function meantBranch(branches: readonly (readonly Issue[])[]): readonly Issue[] {
  const ofThisType = branches.filter((issues) => !issues.some(isOtherType));
  const candidates = ofThisType.length > 0 ? ofThisType : branches;
  const [closest = []] = candidates.toSorted((a, b) => a.length - b.length || depth(b) - depth(a));
  return closest;
}

function isOtherType({ code, path }: Issue): boolean {
  return code === 'invalid_type' && path.length === 0;
}

/**
 * Whether an issue is about missing or unknown fields or about the value itself, not about the content of one field.
 */
function isOfWhole({ code, path }: Issue): boolean {
  return code === 'unrecognized_keys' || code === 'invalid_type' || path.length === 0;
}

function depth(issues: readonly Issue[]): number {
  return Math.max(0, ...issues.map(({ path }) => path.length));
}
