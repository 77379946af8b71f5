import type { Json, JsonObject } from '../../contracts.ts';
import { isTimestamp } from '../states/flow-states.ts';
import { checkEffects, type Inside } from './effects.ts';
import { ANY_STATE_FIELDS, CHOICE_FIELDS, checkFields, STATE_FIELDS } from './fields.ts';
import type { ProblemReport } from './problem.ts';
import { checkTemplate } from './validate-expression.ts';
import { checkRecovery } from './validate-recovery.ts';
import { checkTask } from './validate-task.ts';
import { checkNumber, checkText, isExpression, isObject } from './values.ts';

const NAME_LIMIT = 80;

/** Checks one state, but neither where it leads nor the states in its branches. */
export function checkState(
  name: string,
  state: Json | undefined,
  inside: Inside,
  report: ProblemReport,
): void {
  const { location } = inside;
  if (name.length > NAME_LIMIT) report.schema(`State name is longer than ${NAME_LIMIT} characters`, location);
  if (!isObject(state)) {
    report.schema('Expected value of type Object', location);
    return;
  }
  const { Type, QueryLanguage, Comment } = state;
  checkText(Comment, `${location}/Comment`, report);
  if (QueryLanguage === 'JSONPath') {
    report.schema(
      "'QueryLanguage' can not be 'JSONPath' if set to 'JSONata' for whole state machine",
      location,
    );
  } else if (QueryLanguage !== undefined && QueryLanguage !== 'JSONata') {
    report.schema("Expected one of 'JSONata', 'JSONPath'", `${location}/QueryLanguage`);
  }
  const rule = STATE_FIELDS.get(String(Type));
  if (rule === undefined) {
    report.schema(
      `State type '${Type}' is not supported: ${[...STATE_FIELDS.keys()].join(', ')} are`,
      `${location}/Type`,
    );
    return;
  }
  checkFields(state, rule, location, report, ANY_STATE_FIELDS);
  if (rule.optional.includes('Next')) checkFlow(state, location, report);
  checkEffects(state, inside, report, Type === 'Task' || Type === 'Parallel' ? ['result'] : []);
  checkOwnFields(state, inside, report);
}

function checkFlow({ Next, End }: JsonObject, location: string, report: ProblemReport): void {
  checkText(Next, `${location}/Next`, report);
  if (End !== undefined && typeof End !== 'boolean')
    report.schema('Expected value of type Boolean', `${location}/End`);
  const ways = [Next !== undefined, End === true].filter(Boolean).length;
  if (ways !== 1) report.schema('Exactly one of the fields Next and End is required', location);
}

function checkOwnFields(state: JsonObject, inside: Inside, report: ProblemReport): void {
  const { location } = inside;
  switch (state.Type) {
    case 'Task':
      checkTask(state, location, report);
      checkRecovery(state, inside, report);
      return;
    case 'Parallel':
      checkTemplate(state.Arguments, `${location}/Arguments`, report);
      checkRecovery(state, inside, report);
      return;
    case 'Wait':
      checkWait(state, location, report);
      return;
    case 'Choice':
      checkChoices(state, inside, report);
      return;
    case 'Fail':
      checkText(state.Error, `${location}/Error`, report);
      checkText(state.Cause, `${location}/Cause`, report);
      checkTemplate(state.Error, `${location}/Error`, report);
      checkTemplate(state.Cause, `${location}/Cause`, report);
      return;
  }
}

function checkWait({ Seconds, Timestamp }: JsonObject, location: string, report: ProblemReport): void {
  if ((Seconds === undefined) === (Timestamp === undefined)) {
    report.schema('Exactly one of the fields Seconds and Timestamp is required', location);
  }
  if (!isExpression(Seconds)) {
    checkNumber(Seconds, { min: 0, max: 99_999_999, integer: true }, `${location}/Seconds`, report);
  }
  checkTemplate(Seconds, `${location}/Seconds`, report);
  const isLiteral = Timestamp !== undefined && !isExpression(Timestamp);
  if (isLiteral && !(typeof Timestamp === 'string' && isTimestamp(Timestamp))) {
    report.schema('Expected a timestamp like 2026-01-31T12:00:00Z', `${location}/Timestamp`);
  }
  checkTemplate(Timestamp, `${location}/Timestamp`, report);
}

function checkChoices({ Choices, Default }: JsonObject, inside: Inside, report: ProblemReport): void {
  checkText(Default, `${inside.location}/Default`, report);
  if (Choices === undefined) return;
  if (!Array.isArray(Choices) || Choices.length === 0) {
    report.schema('Expected a non-empty array of choice rules', `${inside.location}/Choices`);
    return;
  }
  Choices.forEach((rule: Json, index) => {
    const location = `${inside.location}/Choices[${index}]`;
    if (!isObject(rule)) {
      report.schema('Expected value of type Object', location);
      return;
    }
    checkFields(rule, CHOICE_FIELDS, location, report);
    checkText(rule.Next, `${location}/Next`, report);
    checkCondition(rule.Condition, `${location}/Condition`, report);
    checkEffects(rule, { ...inside, location }, report, []);
  });
}

function checkCondition(condition: Json | undefined, location: string, report: ProblemReport): void {
  if (condition === undefined || typeof condition === 'boolean') return;
  if (!isExpression(condition)) report.schema('Expected a JSONata expression or a Boolean', location);
  checkTemplate(condition, location, report);
}
