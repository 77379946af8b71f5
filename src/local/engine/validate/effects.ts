import type { JsonObject } from '../../contracts.ts';
import type { Report } from './problem.ts';
import { type Available, checkTemplate } from './validate-expression.ts';
import { isObject } from './values.ts';
import { checkVariableNames } from './variables.ts';

/** Where in the definition a check is. */
export interface Inside {
  readonly location: string;
  /** State names seen so far: they are unique in the whole machine. */
  readonly names: Set<string>;
  /** Variables of the scopes around this one. */
  readonly outer: ReadonlySet<string>;
}

/** Checks Output and Assign of a state, a choice rule or a catcher. */
export function checkEffects(
  { Output, Assign }: JsonObject,
  { location, outer }: Inside,
  report: Report,
  available: readonly Available[],
): void {
  checkTemplate(Output, `${location}/Output`, report, available);
  if (Assign === undefined) return;
  if (!isObject(Assign)) {
    report.schema('Expected value of type Object', `${location}/Assign`);
    return;
  }
  checkVariableNames(Assign, outer, `${location}/Assign`, report);
  checkTemplate(Assign, `${location}/Assign`, report, available);
}
