import {
  GetAccountSettingsCommand,
  GetFunctionConcurrencyCommand,
  type LambdaClient,
} from '@aws-sdk/client-lambda';
import {
  GetWorkgroupCommand,
  ListUsageLimitsCommand,
  type RedshiftServerlessClient,
  type UsageLimit,
} from '@aws-sdk/client-redshift-serverless';

type Lambda = Pick<LambdaClient, 'send'>;
type Serverless = Pick<RedshiftServerlessClient, 'send'>;

/** How many invocations of a function run at once. */
export interface ReservedConcurrency {
  readonly functionName: string;
  /** Absent: all that the account has left. */
  readonly reserved?: number;
}

/** What Lambda allows. */
export interface LambdaLimits {
  /** For functions without a number of their own; absent where Lambda does not tell. */
  readonly unreserved?: number;
  readonly functions: readonly ReservedConcurrency[];
}

/** Asks Lambda how many invocations run at once. */
export async function readLambdaLimits(
  lambda: Lambda,
  functionNames: readonly string[],
): Promise<LambdaLimits> {
  const [{ AccountLimit: account }, functions] = await Promise.all([
    lambda.send(new GetAccountSettingsCommand({})),
    Promise.all(
      functionNames.map(async (functionName) => {
        const command = new GetFunctionConcurrencyCommand({ FunctionName: functionName });
        const { ReservedConcurrentExecutions: reserved } = await lambda.send(command);
        return { functionName, ...(reserved === undefined ? {} : { reserved }) };
      }),
    ),
  ]);
  const unreserved = account?.UnreservedConcurrentExecutions;
  return { functions, ...(unreserved === undefined ? {} : { unreserved }) };
}

/** A workgroup of Redshift Serverless, as far as it limits statements. */
export interface WorkgroupLimits {
  readonly name: string;
  /** `AVAILABLE`; absent where it is not told. */
  readonly status?: string;
  /** Seconds after which a query is cancelled; absent or 0: none. */
  readonly maxQuerySeconds?: number;
  readonly usageLimits: readonly UsageLimit[];
}

/** Asks for the limits of a workgroup. */
export async function readWorkgroupLimits(serverless: Serverless, name: string): Promise<WorkgroupLimits> {
  const { workgroup } = await serverless.send(new GetWorkgroupCommand({ workgroupName: name }));
  const parameter = workgroup?.configParameters?.find(
    ({ parameterKey }) => parameterKey === 'max_query_execution_time',
  )?.parameterValue;
  const status = workgroup?.status;
  return {
    name,
    ...(status === undefined ? {} : { status }),
    ...(parameter === undefined ? {} : { maxQuerySeconds: Number(parameter) }),
    usageLimits: await listUsageLimits(serverless, workgroup?.workgroupArn),
  };
}

async function listUsageLimits(
  serverless: Serverless,
  resourceArn: string | undefined,
): Promise<readonly UsageLimit[]> {
  if (resourceArn === undefined) return [];
  const limits: UsageLimit[] = [];
  let nextToken: string | undefined;
  do {
    const page = await serverless.send(new ListUsageLimitsCommand({ resourceArn, nextToken }));
    limits.push(...(page.usageLimits ?? []));
    nextToken = page.nextToken;
  } while (nextToken !== undefined);
  return limits;
}
