import type { Json } from '../../contracts.ts';
import { STATES, StateError } from '../state-error.ts';
import { type Bindings, evaluateField, expressionSource, parseExpression } from './expression.ts';

/** A field's value in which every `{% … %}` string, however deep, stands for what it evaluates to. */
export interface CompiledTemplate {
  /** The value when the template has no expression. */
  readonly constant?: Json;
  /** @throws StateError States.QueryEvaluationError */
  evaluate(bindings: Bindings): Promise<Json>;
}

/**
 * Compiles a template. `field` is its place in the state as Step Functions names it: `Output`, then `/key` per object
 * key and `[n]` per array index.
 * @throws `{code, message}` for a JSONata syntax error
 */
export function compileTemplate(source: Json, field: string): CompiledTemplate {
  if (typeof source === 'string') return compileText(source, field);
  if (Array.isArray(source)) return compileList(source, field);
  if (typeof source === 'object' && source !== null)
    return compileObject(source as Record<string, Json>, field);
  return constantTemplate(source);
}

function constantTemplate(constant: Json): CompiledTemplate {
  const result = Promise.resolve(constant);
  return { constant, evaluate: () => result };
}

function compileText(text: string, field: string): CompiledTemplate {
  const source = expressionSource(text);
  if (source === undefined) return constantTemplate(text);
  const expression = parseExpression(source);
  return { evaluate: (bindings) => evaluateField(expression, field, bindings) };
}

function compileList(items: readonly Json[], field: string): CompiledTemplate {
  const parts = items.map((item, index) => compileTemplate(item, `${field}[${index}]`));
  if (parts.every(isConstant)) return constantTemplate(items);
  return {
    async evaluate(bindings) {
      const values: Json[] = [];
      for (const part of parts) values.push(isConstant(part) ? part.constant : await part.evaluate(bindings));
      return values;
    },
  };
}

function compileObject(source: Record<string, Json>, field: string): CompiledTemplate {
  const parts = Object.entries(source).map(([key, value]) => ({
    key,
    part: compileTemplate(value, `${field}/${key}`),
  }));
  if (parts.every(({ part }) => isConstant(part))) return constantTemplate(source);
  return {
    async evaluate(bindings) {
      const values: [string, Json][] = [];
      for (const { key, part } of parts) {
        values.push([key, isConstant(part) ? part.constant : await part.evaluate(bindings)]);
      }
      return Object.fromEntries(values);
    },
  };
}

/** Whether the template has no expression, so that its value is known. */
export function isConstant(
  template: CompiledTemplate,
): template is CompiledTemplate & { readonly constant: Json } {
  return 'constant' in template;
}

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
