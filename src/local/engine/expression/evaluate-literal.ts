import { STATES, StateError } from '../state-error.ts';
import type { Bindings } from './expression.ts';
import { type CompiledTemplate, isConstant } from './template.ts';

/** A field that must be a string. @throws StateError States.QueryEvaluationError */
export async function evaluateText(
  template: CompiledTemplate,
  field: string,
  bindings: () => Bindings,
): Promise<string> {
  const value = isConstant(template) ? template.constant : await template.evaluate(bindings());
  if (typeof value !== 'string') throw wrongType(field, 'a string', value);
  return value;
}

/** A field that must be true or false. @throws StateError States.QueryEvaluationError */
export async function evaluateBoolean(
  template: CompiledTemplate,
  field: string,
  bindings: () => Bindings,
): Promise<boolean> {
  const value = isConstant(template) ? template.constant : await template.evaluate(bindings());
  if (typeof value !== 'boolean') throw wrongType(field, 'a boolean', value);
  return value;
}

/** A field that must be a whole number of seconds, 0 to 99,999,999. @throws StateError States.QueryEvaluationError */
export async function evaluateSeconds(
  template: CompiledTemplate,
  field: string,
  bindings: () => Bindings,
): Promise<number> {
  const value = isConstant(template) ? template.constant : await template.evaluate(bindings());
  if (typeof value !== 'number' || !Number.isInteger(value) || value < 0 || value > 99_999_999) {
    throw wrongType(field, 'an integer from 0 to 99999999', value);
  }
  return value;
}

function wrongType(field: string, expected: string, value: unknown): StateError {
  const reason = `The field '${field}' must be ${expected}, but it is ${JSON.stringify(value)}.`;
  return new StateError(STATES.queryEvaluation, reason, field);
}
