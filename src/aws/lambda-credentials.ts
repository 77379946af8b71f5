import { InvalidConfig } from '../errors/errors.ts';

interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

/**
 * What Lambda gives a function as credentials. In bundles it takes the place of the SDK's chain of providers, a sixth of a
 * bundle, which looks into files and asks services that a function does not have. Lambda renews the credentials with the
 * execution environment: https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html
 * @throws InvalidConfig where the environment has none
 */
export function defaultProvider(): () => Promise<Credentials> {
  return async () => {
    const { AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN } = process.env;
    if (!AWS_ACCESS_KEY_ID || !AWS_SECRET_ACCESS_KEY)
      throw new InvalidConfig('the environment has no AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY');
    return {
      ...{ accessKeyId: AWS_ACCESS_KEY_ID, secretAccessKey: AWS_SECRET_ACCESS_KEY },
      ...(AWS_SESSION_TOKEN ? { sessionToken: AWS_SESSION_TOKEN } : {}),
    };
  };
}
