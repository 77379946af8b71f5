import { invalidName } from './service-errors.ts';

const FORBIDDEN = /[\s<>{}[\]?*"#%\\^|~`$&,;:/\p{Cc}\uD800-\uDFFF\uFFFE\uFFFF]/u;

/**
 * A state machine's or an execution's name: 1 to 80 characters, none of white space, brackets, wildcards, control
 * characters and the others the API reference lists. @throws AwsError InvalidName
 */
export function checkName(name: unknown): string {
  if (typeof name !== 'string' || name.length < 1 || name.length > 80 || FORBIDDEN.test(name)) {
    throw invalidName(name);
  }
  return name;
}
