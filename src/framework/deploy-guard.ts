import { parseArn } from '../arn.ts';

/** The part of the framework that the guard uses. */
interface Serverless {
  readonly service: {
    readonly custom?: {
      readonly stage?: {
        readonly sampleTasks?: readonly string[];
        readonly ownAccountArns?: readonly { readonly what: string; readonly arn: string }[];
      };
    };
  };
  getProvider(name: 'aws'): AwsProvider;
  /** The framework shows its own errors without a stack. */
  readonly classes: { readonly Error: new (message: string) => Error };
}

interface AwsProvider {
  getStage(): string;
  /** The account of the credentials, from STS. Every caller may ask for its own. */
  getAccountId(): Promise<string>;
}

/**
 * A plugin of the Serverless Framework. It refuses to deploy a stage that would wait for a DMS task whose events can
 * never arrive, because it is the sample's or another account's. It also refuses to deploy a single function.
 * Packaging is not checked, because it knows no account.
 */
export function createDeployGuard(serverless: Serverless) {
  const refuse = (message: string) => {
    throw new serverless.classes.Error(message);
  };
  return {
    hooks: {
      'before:deploy:deploy': async () => {
        const { sampleTasks: [sample] = [], ownAccountArns = [] } = serverless.service.custom?.stage ?? {};
        if (sample !== undefined)
          refuse(
            `parameter dmsTasks: "${sample}" still has the sample's ARN, of account 000000000000: put the ARN of your task in its place`,
          );
        if (ownAccountArns.length === 0) return;
        const account = await serverless.getProvider('aws').getAccountId();
        const stranger = ownAccountArns.find(({ arn }) => parseArn(arn)?.account !== account);
        if (stranger === undefined) return;
        const theirs = parseArn(stranger.arn)?.account;
        refuse(
          `parameter ${stranger.what} is in account ${theirs}, but these credentials deploy to ${account}. Its events and statements never leave its own account. Use an ARN in ${account}, or credentials of ${theirs}`,
        );
      },
      // This command does not resolve the names of the roles, and code, environment and state machines must fit
      // together.
      'before:deploy:function:initialize': () => {
        const stage = serverless.getProvider('aws').getStage();
        refuse(
          `deploy function: a single function cannot be deployed, because code, environment and state machines must fit together. Use npm run deploy -- --stage ${stage}`,
        );
      },
    },
  };
}
