import type * as z from 'zod';

type Issue = z.core.$ZodIssue;

/**
 * What is wrong, one text for each fault: the field as it is reached from `root`, and the reason. A union's own message says
 * nothing; that of the branch which was meant does.
 */
export function describeIssue(issue: Issue, root: readonly string[] = []): readonly string[] {
  return flatten(issue).map(
    ({ path, reason }) => `${[...root, ...path].join('.') || '(definition)'}: ${reason}`,
  );
}

interface Fault {
  readonly path: readonly PropertyKey[];
  readonly reason: string;
}

function flatten(issue: Issue): readonly Fault[] {
  const { path } = issue;
  if (issue.code === 'invalid_union' && issue.errors.length > 0)
    return meantBranch(issue.errors)
      .flatMap(flatten)
      .map((fault) => ({ ...fault, path: [...path, ...fault.path] }));
  // Of a key, the record only says that it is invalid.
  const reason =
    issue.code === 'invalid_key' ? issue.issues.map(({ message }) => message).join(', ') : issue.message;
  return [{ path, reason }];
}

/** A branch that takes another type altogether was not meant; of the others, the one that got furthest was. */
function meantBranch(branches: readonly (readonly Issue[])[]): readonly Issue[] {
  const ofThisType = branches.filter((issues) => !issues.some(isOtherType));
  const candidates = ofThisType.length > 0 ? ofThisType : branches;
  const [closest = []] = candidates.toSorted((a, b) => depth(b) - depth(a));
  return closest;
}

function isOtherType({ code, path }: Issue): boolean {
  return code === 'invalid_type' && path.length === 0;
}

function depth(issues: readonly Issue[]): number {
  return Math.max(0, ...issues.map(({ path }) => path.length));
}
