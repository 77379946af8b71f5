import * as z from 'zod';
import { arnPattern } from '../../arn.ts';

/** A text. YAML turns what looks like a number into one. @param missing the message when the parameter is absent */
export function text(missing = 'is missing') {
  return z.string({
    error: ({ input }) => (input === undefined ? missing : 'must be a text: put it into quotes'),
  });
}

/**
 * The ARN of one resource. Roles allow exactly what it names, and IAM would read `*` and `?` as wildcards.
 * @param resource pattern of the part after the account
 * @param what the resource, with its article: `a KMS key`
 */
export function arnParameter(service: string, resource: string, what: string) {
  return text().regex(arnPattern(service, resource), `must be the ARN of ${what}, without wildcards`);
}
