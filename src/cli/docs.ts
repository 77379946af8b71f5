import { mkdir, writeFile } from 'node:fs/promises';
import { Command } from 'commander';
import { localAwsDocument } from './local-aws-document.ts';
import { runCommand } from './run-command.ts';

const DOCS = new URL('../../docs/', import.meta.url);

const command = new Command('npm run docs')
  .description('Writes docs/local-aws.md from the support tables of the local services.')
  .action(async () => {
    await mkdir(DOCS, { recursive: true });
    await writeFile(new URL('local-aws.md', DOCS), localAwsDocument());
    process.stdout.write('docs/local-aws.md written\n');
  });

await runCommand(command);
