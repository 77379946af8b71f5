import { ValidateStateMachineDefinitionCommand } from '@aws-sdk/client-sfn';
import { arnBeside } from '../../arn.ts';
import { compileStateMachine } from '../../compile/machine/state-machine.ts';
import { definePipeline } from '../../definition/define-pipeline.ts';
import type { StepDefinition } from '../../steps/step.ts';
import { type AskedWorld, no, open, type Question, type Settled, yes } from '../question.ts';

/** About as deep as a definition gets before a run of it would exceed what its history may hold. */
const PAIRS = 29;

/** What Step Functions accepts. */
export const definitionQuestions: readonly Question[] = [
  {
    id: 'definition-depth',
    question: 'May a definition nest as deep as 123 levels of JSON?',
    note: 'About sixty steps come to that, if each has one in parallel.',
    ifNo: 'such a pipeline cannot be deployed: put steps behind each other, or split it',
    creates: [],
    settle: settleDepth,
  },
];

async function settleDepth({ stage, clients: { sfn } }: AskedWorld): Promise<Settled> {
  const [taskArn = ''] = Object.values(stage.taskArns);
  const definition = deepDefinition(taskArn);
  const {
    result,
    diagnostics = [],
    $metadata,
  } = await sfn.send(new ValidateStateMachineDefinitionCommand({ definition, type: 'STANDARD' }));
  const levels = `${levelsOf(JSON.parse(definition))} levels`;
  const request = `ValidateStateMachineDefinition, request ${$metadata.requestId}`;
  if (result === 'OK') return yes(`${levels} (${request})`);
  const said = diagnostics.map(({ code, message }) => `${code}: ${message}`).join('; ');
  return result === 'FAIL'
    ? no(`${levels}: ${said} (${request})`)
    : open(`no result (${request}). Run it again`);
}

/** The definition of a pipeline of which each step has another one in parallel, with ARNs in the place of its functions. */
export function deepDefinition(taskArn: string): string {
  const steps: Record<string, StepDefinition> = {};
  for (let pair = 0; pair < PAIRS; pair += 1) {
    const after = pair === 0 ? {} : { after: [`Step_${pair - 1}`] };
    for (const kind of ['Step', 'Side']) steps[`${kind}_${pair}`] = { call: 'none.none', ...after };
  }
  const pipeline = definePipeline({ name: 'deep', tasks: ['none'], stagedTables: ['none.none'], steps });
  const functionArn = arnBeside(taskArn, 'lambda', 'function:none');
  return JSON.stringify(compileStateMachine(pipeline)).replaceAll(/\$\{\w+\}/g, functionArn);
}

/** How deep objects and lists are nested. */
export function levelsOf(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  return 1 + Math.max(0, ...Object.values(value).map(levelsOf));
}
