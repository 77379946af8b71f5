import jsonata from 'jsonata';
import type { Json } from '../../contracts.ts';
import { STATES, StateError } from '../state-error.ts';
import { compileMemberPath, UNSURE } from './member-path.ts';

/** A JSONata expression, parsed once and evaluated any number of times, also at the same time. */
export interface Expression {
  /** The text between `{%` and `%}`, trimmed. */
  readonly source: string;
  readonly ast: jsonata.ExprNode;
  /** @throws whatever JSONata throws: `{code, message}` */
  evaluate(bindings: Bindings): Promise<unknown>;
}

/** What an expression can read: `states`, workflow variables, and Step Functions' own functions. */
export type Bindings = { readonly [name: string]: unknown };

/** The expression in a string like `{% … %}`; undefined for any other string, which is a literal. */
export function expressionSource(text: string): string | undefined {
  return text.length >= 4 && text.startsWith('{%') && text.endsWith('%}')
    ? text.slice(2, -2).trim()
    : undefined;
}

const CACHE_LIMIT = 2_000;
const cache = new Map<string, Expression>();

/**
 * Parses an expression the way Step Functions does: JSONata 2.0.6 without `$eval`. Parsed expressions are kept.
 * @throws `{code, message, position}` for a syntax error
 */
export function parseExpression(source: string): Expression {
  const known = cache.get(source);
  if (known !== undefined) return known;
  const parsed = jsonata(source);
  parsed.assign('eval', undefined);
  const ast = parsed.ast();
  const expression: Expression = { source, ast, evaluate: evaluatorOf(parsed, ast) };
  if (cache.size >= CACHE_LIMIT) cache.clear();
  cache.set(source, expression);
  return expression;
}

function evaluatorOf(parsed: jsonata.Expression, ast: jsonata.ExprNode): Expression['evaluate'] {
  const isLimited = needsBudget(ast);
  if (isLimited) spendBudget(parsed);
  const evaluate = (bindings: Bindings): Promise<unknown> =>
    parsed.evaluate(undefined, isLimited ? { ...bindings, ...newBudget() } : bindings);
  const read = compileMemberPath(ast);
  if (read === undefined) return evaluate;
  return async (bindings) => {
    const value = read(bindings);
    return value === UNSURE ? evaluate(bindings) : value;
  };
}

/**
 * The expression's JSON value. `field` is the expression's place in the state, e.g. `Arguments/Payload/id`.
 * @throws StateError States.QueryEvaluationError, with Step Functions' wording
 */
export async function evaluateField(
  expression: Expression,
  field: string,
  bindings: Bindings,
): Promise<Json> {
  const place = `The JSONata expression '${expression.source}' specified for the field '${field}'`;
  let result: unknown;
  try {
    result = await expression.evaluate(bindings);
  } catch (error) {
    throw new StateError(
      STATES.queryEvaluation,
      `${place} threw an error during evaluation${reasonOf(error)}`,
      field,
    );
  }
  if (result === undefined || typeof result === 'function' || isJsonataFunction(result)) {
    throw new StateError(STATES.queryEvaluation, `${place} returned nothing (undefined).`, field);
  }
  return result as Json;
}

function reasonOf(error: unknown): string {
  const { code, message } = error as { code?: string; message?: string };
  return code === undefined ? `: ${message ?? String(error)}` : `. ${code}: ${message}`;
}

function isJsonataFunction(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return '_jsonata_lambda' in value || '_jsonata_function' in value;
}

/** Node evaluations after which an expression with functions of its own is stopped. */
const EVALUATION_LIMIT = 1_000_000;
const BUDGET = '#budget';
const ENTRY = Symbol.for('jsonata.__evaluate_entry');

/** The binding that carries one evaluation's budget; its name cannot be written in an expression. */
function newBudget(): { readonly [BUDGET]: { left: number } } {
  return { [BUDGET]: { left: EVALUATION_LIMIT } };
}

/** Whether an expression could run for ever: only one that defines functions can. */
function needsBudget(node: unknown): boolean {
  if (Array.isArray(node)) return node.some(needsBudget);
  if (typeof node !== 'object' || node === null) return false;
  if ((node as { type?: string }).type === 'lambda') return true;
  return Object.values(node).some(needsBudget);
}

/**
 * Makes an expression stop when its budget is used up. Step Functions stops by seconds; a count gives the same answer
 * on every machine.
 */
function spendBudget(expression: jsonata.Expression): void {
  expression.assign(
    ENTRY as unknown as string,
    (_node: unknown, _input: unknown, env: jsonata.Environment) => {
      const budget = env.lookup(BUDGET) as { left: number };
      budget.left -= 1;
      if (budget.left < 0) throw new Error('Expression evaluation timeout: Check for infinite loop');
    },
  );
}
