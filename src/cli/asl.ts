import './tell-failure.ts';

import { Command } from 'commander';
import { compileStateMachine } from '../compile/machine/state-machine.ts';
import { localDefinition } from '../local-stage/local-machine.ts';
import { pipelineByName, pipelineNames } from './pipeline-by-name.ts';
import { runCommand } from './run-command.ts';

const command = new Command('npm run -s asl --')
  .description(
    'Prints the state machine that a pipeline is compiled to, as JSON in the Amazon States Language.',
  )
  .argument(
    '[pipeline]',
    'name of the pipeline, or of its file in src/pipelines; without it the names are listed',
  )
  .option('--local', 'with the function names of npm run local, for update-state-machine there')
  .action(async (name: string | undefined, { local }: { local?: true }) => {
    if (name === undefined) {
      process.stdout.write(`${(await pipelineNames()).join('\n')}\n`);
      return;
    }
    const pipeline = await pipelineByName(name);
    const definition = local ? localDefinition(pipeline) : compileStateMachine(pipeline);
    process.stdout.write(`${JSON.stringify(definition, null, 2)}\n`);
  });

await runCommand(command);
