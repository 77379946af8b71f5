import { readdirSync, readFileSync } from 'node:fs';

/** A statement and what it must answer: the lines behind `-->`. */
export interface CorpusStep {
  readonly sql: string;
  readonly expected: readonly string[];
}

/** A few statements about one feature, run in one session. */
export interface CorpusCase {
  readonly feature: string;
  readonly file: string;
  readonly steps: readonly CorpusStep[];
}

/** Reads the cases of corpus/*.sql; the format is described in corpus/queries.sql. */
export function readCorpus(): readonly CorpusCase[] {
  const folder = new URL('corpus/', import.meta.url);
  return readdirSync(folder)
    .toSorted()
    .flatMap((file) => readCases(file, readFileSync(new URL(file, folder), 'utf8')));
}

function readCases(file: string, text: string): readonly CorpusCase[] {
  const [, ...parts] = text.split(/^## /m);
  return parts.map((part) => {
    const [feature = '', ...lines] = part.split('\n');
    return { feature, file, steps: readSteps(lines) };
  });
}

function readSteps(lines: readonly string[]): readonly CorpusStep[] {
  const steps: { sql: string; expected: string[] }[] = [];
  let sql: string[] = [];
  for (const line of lines) {
    const answer = /^--> (.*)$/.exec(line)?.[1];
    if (answer === undefined) sql.push(line);
    else if (sql.length === 0) steps.at(-1)?.expected.push(answer);
    else {
      steps.push({ sql: sql.join('\n').trim(), expected: [answer] });
      sql = [];
    }
  }
  return steps;
}
