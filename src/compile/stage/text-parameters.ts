import * as z from 'zod';
import { arnPattern } from '../../arn.ts';

/** YAML makes a number of what looks like one. @param missing what is said where the parameter is not there */
export function text(missing = 'is missing') {
  return z.string({
    error: ({ input }) => (input === undefined ? missing : 'must be a text: put it into quotes'),
  });
}

/**
 * ARN of one thing: roles allow what it names, and IAM would take `*` and `?` for more than that.
 * @param resource pattern of what stands behind the account
 * @param what the thing, with its article: `a KMS key`
 */
export function arnParameter(service: string, resource: string, what: string) {
  return text().regex(arnPattern(service, resource), `must be the ARN of ${what}, without wildcards`);
}
