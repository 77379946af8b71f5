import { validationException } from './service-errors.ts';

/** A member that must be there. @throws AwsError ValidationException */
export function required<T>(value: T | undefined, member: string): T {
  if (value !== undefined && value !== null) return value;
  throw constraint('null', member, 'Member must not be null');
}

/** A string member of at most `limit` characters. @throws AwsError ValidationException */
export function boundedText(value: string | undefined, member: string, limit: number): string | undefined {
  if (value === undefined || value.length <= limit) return value;
  throw constraint(value, member, `Member must have length less than or equal to ${limit}`);
}

/** A member that is one of a list. @throws AwsError ValidationException */
export function oneOf<T extends string>(
  value: T | undefined,
  member: string,
  allowed: readonly T[],
): T | undefined {
  if (value === undefined || allowed.includes(value)) return value;
  throw constraint(value, member, `Member must satisfy enum value set: [${allowed.join(', ')}]`);
}

/** The ValidationException of a member that breaks a constraint of the API model. */
export function constraint(value: unknown, member: string, rule: string) {
  const shown = value === 'null' ? 'Value null' : `Value '${value}'`;
  return validationException(
    `1 validation error detected: ${shown} at '${member}' failed to satisfy constraint: ${rule}`,
  );
}
