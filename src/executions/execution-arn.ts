import { machineOfExecution, parseArn } from '../arn.ts';
/** What an execution's ARN tells. */
export interface ExecutionParts {
  readonly region: string;
  readonly machine: string;
  /** The execution in the AWS console. */
  readonly link: string;
}

/**
 * Console hosts of the partitions other than `aws`.
 * https://docs.aws.amazon.com/whitepapers/latest/aws-fault-isolation-boundaries/partitions.html
 */
const CONSOLE_HOSTS: Readonly<Record<string, string>> = {
  'aws-cn': 'console.amazonaws.cn',
  'aws-us-gov': 'console.amazonaws-us-gov.com',
};

/** Takes `arn:PARTITION:states:REGION:ACCOUNT:execution:MACHINE:NAME` apart. */
export function readExecutionArn(arn: string): ExecutionParts {
  const { partition = '', region = '' } = parseArn(arn) ?? {};
  const host = CONSOLE_HOSTS[partition] ?? 'console.aws.amazon.com';
  return {
    region,
    machine: machineOfExecution(arn),
    link: `https://${host}/states/home?region=${region}#/v2/executions/details/${arn}`,
  };
}
