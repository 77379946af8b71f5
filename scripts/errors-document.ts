import { renderCommands, UNKNOWN_FACTS, VERB_MEANINGS, VERBS } from '../src/errors/commands.ts';
import type { Advice, ErrorEntry } from '../src/errors/error-entry.ts';
import { ERROR_TABLE, errorEntry } from '../src/errors/error-table.ts';

const HEAD = `# Errors

What a failed execution shows as its error, and what to do about it. \`npm run docs\` writes this page from
src/errors/error-table.ts, and notifications are made from the same table, with the names of the case in the commands. The cause of
an error names pipeline, step, statement id, Redshift query id and SQL error.

Repairs have one way each. In the warehouse (procedure, grant, data): repair, then **redrive**. In the definition (query, timeout, step,
parameter of the stage): **deploy**, then **continue**, since a redrive keeps the definition that the run began with. In the source:
**reload**. **rerun** goes past the fence, on purpose.`;

/** docs/errors.md: a section for each error, and the commands. */
export function errorsDocument(): string {
  const sections = Object.entries(ERROR_TABLE).map(([name, entry]) => errorSection(`\`${name}\``, entry));
  const foreign = errorSection('Any other', errorEntry(''));
  return `${[HEAD, ...sections, foreign, verbsSection()].join('\n\n')}\n`;
}

function errorSection(title: string, { meaning, retried, advice }: ErrorEntry): string {
  return [
    `## ${title}`,
    `${meaning}. Tried again: ${retried}.`,
    ['| when | repair | then |', '| --- | --- | --- |', ...advice.map(adviceRow)].join('\n'),
  ].join('\n\n');
}

function adviceRow({ when, repair, verbs }: Advice): string {
  const links = verbs.map((verb) => `[${verb}](#${verb})`).join(', ');
  return `| ${when} | ${repair} | ${links || 'nothing'} |`;
}

function verbsSection(): string {
  const verbs = VERBS.map((verb) => {
    const commands = renderCommands(verb, UNKNOWN_FACTS).join('\n');
    return `### ${verb}\n\n${VERB_MEANINGS[verb]}\n\n\`\`\`sh\n${commands}\n\`\`\``;
  });
  const names =
    'Words in capitals stand for the names of the case. Locally the function is `start-run`, and the notification has the commands for it.';
  return ['## What leads on', names, ...verbs].join('\n\n');
}
