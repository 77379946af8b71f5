import { wrap } from '../src/cli/screen/wrap.ts';
import type { Question } from '../src/verify-aws/question.ts';
import { questions } from '../src/verify-aws/questions.ts';

const BEGIN = '<!-- questions -->';
const END = '<!-- /questions -->';
const COLUMNS = 138;

/** docs/guarantees.md with the questions that only an account can answer between its marks. */
export function withQuestions(page: string): string {
  const begin = page.indexOf(BEGIN);
  const end = page.indexOf(END);
  if (begin < 0 || end < begin) throw new Error(`docs/guarantees.md has no ${BEGIN} … ${END}`);
  const list = questions.flatMap(bullet).join('\n');
  return `${page.slice(0, begin)}${BEGIN}\n\n${list}\n\n${page.slice(end)}`;
}

function bullet({ id, question, note }: Question): readonly string[] {
  const text = [question, note, `(\`${id}\`)`].filter((part) => part !== undefined).join(' ');
  return wrap(text, COLUMNS, { first: '- ', rest: '  ' });
}
