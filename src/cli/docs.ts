import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { Command } from 'commander';
import { withCosts } from './cost-table.ts';
import { localAwsDocument } from './local-aws-document.ts';
import { runCommand } from './run-command.ts';

const ROOT = new URL('../../', import.meta.url);
const DOCS = new URL('docs/', ROOT);
const README = new URL('README.md', ROOT);

const command = new Command('npm run docs')
  .description(
    'Writes docs/local-aws.md from the support tables of the local services, and the costs in README.md.',
  )
  .action(async () => {
    await mkdir(DOCS, { recursive: true });
    await writeFile(new URL('local-aws.md', DOCS), localAwsDocument());
    await writeFile(README, withCosts(await readFile(README, 'utf8')));
    process.stdout.write('docs/local-aws.md and the costs in README.md written\n');
  });

await runCommand(command);
