import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { Command } from 'commander';
import { runCommand } from '../src/cli/run-command.ts';
import { withCosts } from './cost-table.ts';
import { errorsDocument } from './errors-document.ts';
import { localAwsDocument } from './local-aws-document.ts';
import { withMessages } from './notifications-document.ts';
import { withClasses } from './plan-classes.ts';
import { withQuestions } from './questions-list.ts';

const ROOT = new URL('../', import.meta.url);
const DOCS = new URL('docs/', ROOT);
const COSTS = new URL('costs.md', DOCS);
const PLAN = new URL('plan.md', DOCS);
const NOTIFICATIONS = new URL('notifications.md', DOCS);
const GUARANTEES = new URL('guarantees.md', DOCS);

const command = new Command('npm run docs')
  .description(
    'Writes docs/local-aws.md from the support tables of the local services, docs/errors.md from the table of errors, the tables in docs/costs.md and docs/plan.md, events and example in docs/notifications.md, and the questions at the end of docs/guarantees.md.',
  )
  .action(async () => {
    await mkdir(DOCS, { recursive: true });
    await writeFile(new URL('local-aws.md', DOCS), localAwsDocument());
    await writeFile(new URL('errors.md', DOCS), errorsDocument());
    await writeFile(COSTS, withCosts(await readFile(COSTS, 'utf8')));
    await writeFile(PLAN, withClasses(await readFile(PLAN, 'utf8')));
    await writeFile(NOTIFICATIONS, withMessages(await readFile(NOTIFICATIONS, 'utf8')));
    await writeFile(GUARANTEES, withQuestions(await readFile(GUARANTEES, 'utf8')));
    process.stdout.write(
      'docs/local-aws.md, docs/errors.md, docs/costs.md, docs/plan.md, docs/notifications.md and docs/guarantees.md written\n',
    );
  });

await runCommand(command);
