import { CreateStackCommand, UpdateStackCommand } from '@aws-sdk/client-cloudformation';
import { DescribeStateMachineCommand } from '@aws-sdk/client-sfn';
import { machineName } from '../../compile/stage/stage-names.ts';
import { compileStateMachines } from '../../compile/template/state-machine-resources.ts';
import { holdPipeline, readHold } from '../../executions/hold.ts';
import { askAsPerson, listMachines } from '../../executions/list-machines.ts';
import { type AskedWorld, open, type Question, type Settled, yesIf } from '../question.ts';
import { awaitStack } from './await-stack.ts';

/** What a deployment does to state machines. */
export const deploymentQuestions: readonly Question[] = [
  {
    id: 'arns-in-definitions',
    question: 'Does CloudFormation put the functions’ ARNs into definitions in S3?',
    note: 'Its published handler does.',
    ifNo: 'no run of a stage with dozens of pipelines can call a function',
    creates: [],
    settle: settleSubstitution,
  },
  {
    id: 'hold-kept',
    question:
      'A [held](operations.md#requests-to-start-run) pipeline’s state machine has the tag `elt-hold`. Does a deployment keep it?',
    note: 'CloudFormation’s published handler does; an older one did not. If the tag is lost, what is due is started.',
    ifNo: 'a deployment releases held pipelines: hold them again behind it',
    creates: ['stack'],
    settle: settleHold,
  },
];

/** A placeholder for a function's ARN that nobody has replaced. */
const PLACEHOLDER = /\$\{\w+\}/;

async function settleSubstitution({ stage, clients }: AskedWorld): Promise<Settled> {
  const deployed = await deployedMachines({ stage, clients });
  if (deployed.length === 0)
    return open('no state machine of the stage is deployed: npm run deploy, then run this again');
  const untouched = deployed.filter(({ definition }) => PLACEHOLDER.test(definition)).map(({ name }) => name);
  const isInS3 = compileStateMachines(stage).files.length > 0;
  const said = `${deployed.length} deployed definitions, ${untouched.length} with a placeholder left`;
  if (isInS3) return yesIf(untouched.length === 0, said);
  return open(
    `the definitions of this stage are in the template, not in S3 (${said}). Deploy a stage with dozens of pipelines, then run this for it`,
  );
}

async function deployedMachines({ stage, clients: { sfn } }: Pick<AskedWorld, 'stage' | 'clients'>) {
  const machines = await listMachines(sfn);
  const names = stage.pipelines
    .map(({ name }) => machineName(stage, name))
    .filter((name) => machines.has(name));
  return Promise.all(
    names.map(async (name) => {
      const { definition = '', roleArn = '' } = await askAsPerson(`DescribeStateMachine of ${name}`, () =>
        sfn.send(new DescribeStateMachineCommand({ stateMachineArn: machines.get(name) })),
      );
      return { name, definition, roleArn };
    }),
  );
}

/** What is written into the tag; holdPipeline makes it a valid value. */
const REASON = 'held by npm run verify-aws';

async function settleHold(world: AskedWorld): Promise<Settled> {
  const { clients, clock, signal } = world;
  const { cloudFormation, sfn } = clients;
  const made = await createMachine(world, 'hold');
  if ('verdict' in made) return made;
  const { StackName, arn, roleArn } = made;
  await holdPipeline(sfn, arn, REASON);
  await cloudFormation.send(
    new UpdateStackCommand({ StackName, TemplateBody: stackTemplate(StackName, roleArn, 'after') }),
  );
  const updated = await awaitStack(cloudFormation, clock, StackName, signal);
  if (updated?.StackStatus !== 'UPDATE_COMPLETE')
    return open(
      `the stack ${StackName} came to ${updated?.StackStatus}: ${updated?.StackStatusReason ?? 'no reason given'}`,
    );
  const held = await readHold(sfn, arn);
  return yesIf(
    held !== undefined,
    `stack ${StackName} updated a held state machine: the tag ${held === undefined ? 'is gone' : 'is still there'}`,
  );
}

/** Makes a stack with a state machine that does nothing; an open answer where it does not come up. */
export async function createMachine(world: AskedWorld, suffix: string) {
  const { clients, clock, signal, scratch } = world;
  const { cloudFormation } = clients;
  const [machine] = await deployedMachines(world);
  if (machine === undefined)
    return open(
      'no state machine of the stage is deployed, whose role the one to try with could have: npm run deploy, then run this again',
    );
  const { roleArn } = machine;
  const { name: StackName } = await scratch.make('stack', suffix, (name) =>
    cloudFormation.send(
      new CreateStackCommand({ StackName: name, TemplateBody: stackTemplate(name, roleArn, 'before') }),
    ),
  );
  const created = await awaitStack(cloudFormation, clock, StackName, signal);
  const arn = created?.Outputs?.find(({ OutputKey }) => OutputKey === 'Machine')?.OutputValue;
  if (created?.StackStatus === 'CREATE_COMPLETE' && arn !== undefined) return { StackName, arn, roleArn };
  return open(
    `the stack ${StackName} came to ${created?.StackStatus}: ${created?.StackStatusReason ?? 'no reason given'}`,
  );
}

/** A stack with one state machine that does nothing, with tags as a stage's have. */
function stackTemplate(name: string, roleArn: string, comment: string): string {
  const definition = { Comment: comment, StartAt: 'Nothing', States: { Nothing: { Type: 'Succeed' } } };
  return JSON.stringify({
    Resources: {
      Machine: {
        Type: 'AWS::StepFunctions::StateMachine',
        Properties: {
          StateMachineName: name,
          StateMachineType: 'STANDARD',
          RoleArn: roleArn,
          Definition: definition,
          Tags: [{ Key: 'service', Value: 'verify-aws' }],
        },
      },
    },
    Outputs: { Machine: { Value: { Ref: 'Machine' } } },
  });
}
