import type { Json, JsonObject } from '../../contracts.ts';
import { STATES } from '../state-error.ts';
import { checkEffects, type Inside } from './effects.ts';
import { CATCH_FIELDS, checkFields, RETRY_FIELDS } from './fields.ts';
import type { ProblemReport } from './problem.ts';
import { checkNumber, checkText, isObject } from './values.ts';

/** Checks Retry and Catch (docs: Handling errors in Step Functions workflows). */
export function checkRecovery({ Retry, Catch }: JsonObject, inside: Inside, report: ProblemReport): void {
  checkRules(Retry, `${inside.location}/Retry`, report, (retrier, location) => {
    checkFields(retrier, RETRY_FIELDS, location, report);
    checkRetrier(retrier, location, report);
  });
  checkRules(Catch, `${inside.location}/Catch`, report, (catcher, location) => {
    checkFields(catcher, CATCH_FIELDS, location, report);
    checkText(catcher.Next, `${location}/Next`, report);
    checkEffects(catcher, { ...inside, location }, report, ['errorOutput']);
  });
}

function checkRules(
  rules: Json | undefined,
  location: string,
  report: ProblemReport,
  checkRule: (rule: JsonObject, location: string) => void,
): void {
  if (rules === undefined) return;
  if (!Array.isArray(rules)) {
    report.schema('Expected value of type Array', location);
    return;
  }
  rules.forEach((rule: Json, index) => {
    const place = `${location}[${index}]`;
    if (!isObject(rule)) {
      report.schema('Expected value of type Object', place);
      return;
    }
    checkRule(rule, place);
    checkErrorEquals(rule.ErrorEquals, index === rules.length - 1, `${place}/ErrorEquals`, report);
  });
}

function checkErrorEquals(
  names: Json | undefined,
  isLast: boolean,
  location: string,
  report: ProblemReport,
): void {
  if (names === undefined) return;
  if (!Array.isArray(names) || names.length === 0 || !names.every((name) => typeof name === 'string')) {
    report.schema('Expected a non-empty array of error names', location);
    return;
  }
  if (!names.includes(STATES.all)) return;
  if (names.length > 1) report.schema(`'${STATES.all}' can only appear by itself`, location);
  if (!isLast) report.schema(`'${STATES.all}' can only appear in the last element`, location);
}

function checkRetrier(retrier: JsonObject, location: string, report: ProblemReport): void {
  const { IntervalSeconds, MaxAttempts, BackoffRate, MaxDelaySeconds, JitterStrategy } = retrier;
  const check = (value: Json | undefined, name: string, min: number, max: number, integer = true) =>
    checkNumber(value, { min, max, integer }, `${location}/${name}`, report);
  check(IntervalSeconds, 'IntervalSeconds', 1, 99_999_999);
  check(MaxAttempts, 'MaxAttempts', 0, 99_999_999);
  check(BackoffRate, 'BackoffRate', 1, Number.MAX_VALUE, false);
  check(MaxDelaySeconds, 'MaxDelaySeconds', 1, 31_622_400);
  if (typeof MaxDelaySeconds === 'number' && MaxDelaySeconds <= ((IntervalSeconds ?? 1) as number)) {
    report.schema('MaxDelaySeconds must be greater than IntervalSeconds', `${location}/MaxDelaySeconds`);
  }
  if (JitterStrategy !== undefined && JitterStrategy !== 'NONE' && JitterStrategy !== 'FULL') {
    report.schema("Expected one of 'NONE', 'FULL'", `${location}/JitterStrategy`);
  }
}
