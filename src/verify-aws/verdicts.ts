import type { Asked } from './ask-questions.ts';
import type { Creation, Question, Verdict } from './question.ts';

/** Where and when questions were asked. */
export interface Setting {
  /** Whether every request went to AWS itself. */
  readonly isAws: boolean;
  readonly region: string;
  /** ISO 8601 date, UTC. */
  readonly date: string;
}

/** What stands in the place of an answer where something else than AWS was asked. */
const NOT_AWS = 'not AWS';

/** What an answer is called where it settles nothing. */
const SEEN: Readonly<Record<Verdict, string>> = {
  yes: 'answered as hoped',
  no: 'answered otherwise than hoped',
  open: 'not answered',
};

/** A line of the table. */
export interface VerdictRow {
  readonly id: string;
  readonly question: string;
  readonly verdict: Verdict | typeof NOT_AWS;
  readonly evidence: string;
  readonly asked: string;
}

/** What came of a question. What is not AWS settles nothing, whatever it answers. */
export function verdictRow({ question, answer }: Asked, setting: Setting): VerdictRow {
  return {
    id: question.id,
    question: withoutLinks(question.question),
    verdict: setting.isAws ? answer.verdict : NOT_AWS,
    evidence: setting.isAws ? answer.evidence : `${SEEN[answer.verdict]}: ${answer.evidence}`,
    asked: `${setting.date}, ${setting.region}`,
  };
}

/** The table for docs/guarantees.md, in Markdown. */
export function verdictTable(rows: readonly VerdictRow[]): readonly string[] {
  return [
    '| question | answer | evidence | asked |',
    '| --- | --- | --- | --- |',
    ...rows.map(
      ({ question, verdict, evidence, asked }) =>
        `| ${[question, verdict, evidence, asked].map(cell).join(' | ')} |`,
    ),
  ];
}

/** 1 when an answer is no, 2 when something is open or was not asked of AWS, else 0. */
export function exitCodeOfVerdicts(rows: readonly VerdictRow[]): 0 | 1 | 2 {
  if (rows.some(({ verdict }) => verdict === 'no')) return 1;
  return rows.every(({ verdict }) => verdict === 'yes') ? 0 : 2;
}

/** What follows from each answer that is no. */
export function wrongAssumptions(asked: readonly Asked[], { isAws }: Setting): readonly string[] {
  if (!isAws) return [];
  return asked
    .filter(({ answer }) => answer.verdict === 'no')
    .map(({ question }) => `${question.id}: the answer is no: ${question.ifNo}`);
}

const CREATION_WORDS: Readonly<Record<Creation, string>> = {
  schema: 'a schema with tables and procedures',
  alarm: 'an alarm that tells nobody',
  stack: 'a stack with a state machine that does nothing',
};

/** Questions as a list for people: each with what it creates. */
export function questionLines(questions: readonly Question[]): readonly string[] {
  return questions.flatMap(({ id, question, creates }) => [
    id,
    `  ${withoutLinks(question)}`,
    `  creates: ${creates.length === 0 ? 'nothing' : creates.map((kind) => CREATION_WORDS[kind]).join(', ')}`,
  ]);
}

/** What is created for some questions, a line each. @param name what all names begin with @param schema name of the schema */
export function creationLines(
  questions: readonly Question[],
  name: string,
  schema: string,
): readonly string[] {
  const kinds = new Set(questions.flatMap(({ creates }) => creates));
  return [...kinds].map((kind) => `${CREATION_WORDS[kind]}: ${kind === 'schema' ? schema : `${name}-…`}`);
}

/** The table may stand in README, where links lead elsewhere. */
function withoutLinks(text: string): string {
  return text.replaceAll(/\[([^\]]+)\]\([^)]+\)/g, '$1');
}

/** Text of a cell: on one line, without what would end the cell or begin an element. */
function cell(text: string): string {
  return text.replaceAll(/\s+/g, ' ').replaceAll('|', '\\|').replaceAll('<', '&lt;').trim();
}
