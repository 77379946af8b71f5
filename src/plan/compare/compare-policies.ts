import { type Change, type ChangeKind, type ChangePlace, change } from '../change.ts';
import type { Members } from '../json.ts';

/** How long a statement may take, how often it is tried, for which failures, and whether it commits by itself. */
export function comparePolicies(where: ChangePlace, before: Members, after: Members): readonly Change[] {
  return [
    ...numbers(
      where,
      ['timeout-shorter', 'timeout-longer'],
      before.timeoutSeconds,
      after.timeoutSeconds,
      (text) => `may run ${text} s`,
    ),
    ...numbers(
      where,
      ['attempts-fewer', after.commits === true ? 'retry-unfenced' : 'attempts-more'],
      before.attempts,
      after.attempts,
      (text) => `is submitted ${text} times at most`,
    ),
    ...compareRetries(where, before, after),
    ...(before.commits === after.commits
      ? []
      : [
          change(
            'commits-changed',
            where,
            after.commits === true ? 'commits by itself from now on' : 'no longer commits by itself',
          ),
        ]),
  ];
}

/** A number that went down, or up. */
export function numbers(
  where: ChangePlace,
  [less, more]: readonly [ChangeKind, ChangeKind],
  before: unknown,
  after: unknown,
  words: (value: string) => string,
): readonly Change[] {
  if (before === after) return [];
  const kind = Number(after) < Number(before) ? less : more;
  return [change(kind, where, `${words(String(after))}, in place of ${before}`)];
}

function compareRetries(where: ChangePlace, before: Members, after: Members): readonly Change[] {
  const [was, is] = [classesOf(before), classesOf(after)];
  const less = [...was].filter((name) => !is.has(name)).join(', ');
  const more = [...is].filter((name) => !was.has(name)).join(', ');
  const commits = after.commits === true;
  return [
    ...(less === '' ? [] : [change('retry-less', where, `is no longer tried again after: ${less}`)]),
    ...(more === ''
      ? []
      : [change(commits ? 'retry-unfenced' : 'retry-more', where, `is tried again after: ${more}`)]),
  ];
}

function classesOf({ retryOn }: Members): ReadonlySet<string> {
  return new Set(Array.isArray(retryOn) ? retryOn.map(String) : []);
}
