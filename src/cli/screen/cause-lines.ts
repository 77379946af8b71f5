import { printableLines } from './text/printable.ts';
import { wrap } from './wrap.ts';

/** What the functions put in brackets behind a message: `(step X of P, statement ID, …)`. */
const FACTS = / \((step \w+ of [\w-]+, .*)\)$/s;
/** Between two facts; commas in SQL are not followed by one of these. */
const BETWEEN_FACTS = /, (?=statement |Redshift query |failure class |query "|in ")/;
/** The step stands in the line above; an id that is none tells nothing. */
const SAYS_NOTHING = /^(?:step |Redshift query (?:-1|0)$)/;

/** Why a step failed, as indented lines: the message first, then what helps to find it in the warehouse. */
export function causeLines(text: string, columns: number): readonly string[] {
  const cause = printableLines(text);
  const facts = FACTS.exec(cause);
  const message = cause.slice(0, facts?.index);
  const lines = message === '' ? [] : wrap(message, columns, { first: '    ', rest: '    ' });
  const details = facts?.[1]?.split(BETWEEN_FACTS).filter((fact) => !SAYS_NOTHING.test(fact)) ?? [];
  return [
    ...lines,
    ...details.flatMap((fact) => wrap(withPlainSql(fact), columns, { first: '    ', rest: '      ' })),
  ];
}

/** SQL is quoted as JSON: `in "SELECT …"`. */
function withPlainSql(fact: string): string {
  const [, word, quoted = ''] = /^(in|query) (".*")$/s.exec(fact) ?? [];
  if (word === undefined) return fact;
  try {
    return `${word} ${String(JSON.parse(quoted)).replaceAll(/\s+/g, ' ')}`;
  } catch {
    return fact;
  }
}
