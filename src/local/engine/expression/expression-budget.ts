import type jsonata from 'jsonata';

/** Node evaluations after which an expression with functions of its own is stopped. */
const EVALUATION_LIMIT = 1_000_000;
const BUDGET = '#budget';
const ENTRY = Symbol.for('jsonata.__evaluate_entry');

/** The binding that carries one evaluation's budget; its name cannot be written in an expression. */
export function newBudget(): { readonly [BUDGET]: { left: number } } {
  return { [BUDGET]: { left: EVALUATION_LIMIT } };
}

/** Whether an expression could run for ever: only one that defines functions can. */
export function needsBudget(node: unknown): boolean {
  if (Array.isArray(node)) return node.some(needsBudget);
  if (typeof node !== 'object' || node === null) return false;
  if ((node as { type?: string }).type === 'lambda') return true;
  return Object.values(node).some(needsBudget);
}

/**
 * Makes an expression stop when its budget is used up. Step Functions stops by seconds; a count gives the same answer
 * on every machine.
 */
export function spendBudget(expression: jsonata.Expression): void {
  expression.assign(
    ENTRY as unknown as string,
    (_node: unknown, _input: unknown, env: jsonata.Environment) => {
      const budget = env.lookup(BUDGET) as { left: number };
      budget.left -= 1;
      if (budget.left < 0) throw new Error('Expression evaluation timeout: Check for infinite loop');
    },
  );
}
