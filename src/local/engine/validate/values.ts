import type { Json, JsonObject } from '../../contracts.ts';
import { expressionSource } from '../expression/expression.ts';
import type { ProblemReport } from './problem.ts';

export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Whether the value is a `{% … %}` string. */
export function isExpression(value: Json | undefined): boolean {
  return typeof value === 'string' && expressionSource(value) !== undefined;
}

export interface NumberRule {
  readonly min: number;
  readonly max: number;
  readonly integer: boolean;
}

/** Reports a value that is there but is no number of the rule. */
export function checkNumber(
  value: Json | undefined,
  rule: NumberRule,
  location: string,
  report: ProblemReport,
): void {
  if (value === undefined) return;
  const { min, max, integer } = rule;
  const fits =
    typeof value === 'number' && value >= min && value <= max && (!integer || Number.isInteger(value));
  if (fits) return;
  report.schema(`Expected value of type ${integer ? 'Integer' : 'Number'} from ${min} to ${max}`, location);
}

/** Reports a value that is there but is no string. */
export function checkText(value: Json | undefined, location: string, report: ProblemReport): void {
  if (value !== undefined && typeof value !== 'string')
    report.schema('Expected value of type String', location);
}
