import { renderCommands, UNKNOWN_FACTS, VERB_MEANINGS, VERBS } from '../src/errors/commands.ts';
import type { Advice, ErrorEntry } from '../src/errors/error-entry.ts';
import { ERROR_TABLE, errorEntry } from '../src/errors/error-table.ts';

const HEAD = `# Errors

This page lists the errors that a failed execution shows, and what to do about each. \`npm run docs\` writes it from
src/errors/error-table.ts. Notifications are made from the same table, with the names of the case in their commands. The cause of
an error names pipeline, step, statement ID, Redshift query ID and SQL error.

What to do depends on where the mistake is:

- **In the warehouse** (procedure, grant, data): repair it, then [redrive](#redrive).
- **In the definition** (query, timeout, step, parameter of the stage): [deploy](#deploy), then [continue](#continue). A redrive would keep
  the definition that the run began with.
- **In the source**: correct it, then [reload](#reload).

A **fence** is a small table for each step that calls procedures. It records the loads that took effect in the step, so no load takes
effect twice. With a [rerun](#rerun), a load takes effect again on purpose.`;

/** docs/errors.md: a section for each error, and the commands. */
export function errorsDocument(): string {
  const sections = Object.entries(ERROR_TABLE).map(([name, entry]) => errorSection(`\`${name}\``, entry));
  const foreign = errorSection('Any other', errorEntry(''));
  return `${[HEAD, ...sections, foreign, verbsSection()].join('\n\n')}\n`;
}

function errorSection(title: string, { meaning, retried, advice }: ErrorEntry): string {
  return [
    `## ${title}`,
    `${meaning}. Retried: ${retried}.`,
    ['| cause | repair | then |', '| --- | --- | --- |', ...advice.map(adviceRow)].join('\n'),
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
    'Replace the words in capitals. A notification has the commands with the names filled in. Locally, the function is called `start-run`.';
  return ['## Commands', names, ...verbs].join('\n\n');
}
