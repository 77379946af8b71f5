import { parseArn } from '../arn.ts';

/** As much of the framework as the guard touches. */
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
  /** The framework's errors are shown without their stack. */
  readonly classes: { readonly Error: new (message: string) => Error };
}

interface AwsProvider {
  getStage(): string;
  /** Of the credentials, by STS: everybody may ask for his own. */
  getAccountId(): Promise<string>;
}

/**
 * A plugin of the Serverless Framework: refuses to deploy a stage that would wait for a DMS task that can never reach it, the
 * sample's or another account's, and to deploy a function alone. Packaging is fine: it knows no account.
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
      // Roles are given by names that this command does not resolve, and code, environment and state machines belong together.
      'before:deploy:function:initialize': () => {
        const stage = serverless.getProvider('aws').getStage();
        refuse(
          `deploy function: a single function cannot be deployed, because code, environment and state machines must fit together. Use npm run deploy -- --stage ${stage}`,
        );
      },
    },
  };
}
