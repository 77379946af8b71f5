import { invalidName } from './service-errors.ts';

const FORBIDDEN = /[\s<>{}[\]?*"#%\\^|~`$&,;:/\p{Cc}\p{Cs}\uFFFE\uFFFF]/u;
const NAME_LIMIT = 80;

/**
 * A state machine's or an execution's name: 1 to 80 characters, without white space, brackets, wildcards, control
 * characters and the others the API reference lists. @throws AwsError InvalidName
 */
export function checkName(name: string): string {
  if (name.length < 1 || name.length > NAME_LIMIT || FORBIDDEN.test(name)) throw invalidName(name);
  return name;
}
