import * as z from 'zod';

/**
 * ARN of one thing: roles allow what it names, and IAM would take `*` and `?` for more than that.
 * @param resource pattern of what stands behind the account
 * @param what the thing, with its article: `a KMS key`
 */
export function arnParameter(service: string, resource: string, what: string) {
  const pattern = `^arn:aws[a-z-]*:${service}:[a-z0-9-]+:\\d{12}:${resource}$`;
  return z.string().regex(new RegExp(pattern), `must be the ARN of ${what}, without wildcards`);
}
