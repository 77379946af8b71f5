import type { JsonObject } from '../../contracts.ts';
import type { ProblemReport } from './problem.ts';

/** The fields of one kind of object: which there are, which must be there. */
export interface FieldRule {
  readonly required: readonly string[];
  readonly optional: readonly string[];
}

const FLOW = ['Next', 'End'];
const EFFECTS = ['Output', 'Assign'];
const RECOVERY = ['Retry', 'Catch'];

/** Fields of each state type in a JSONata machine, beside those of every state (docs: Amazon States Language). */
export const STATE_FIELDS: ReadonlyMap<string, FieldRule> = new Map([
  [
    'Task',
    {
      required: ['Resource'],
      optional: [...FLOW, ...EFFECTS, ...RECOVERY, 'Arguments', 'TimeoutSeconds', 'HeartbeatSeconds'],
    },
  ],
  ['Wait', { required: [], optional: [...FLOW, ...EFFECTS, 'Seconds', 'Timestamp'] }],
  ['Choice', { required: ['Choices'], optional: [...EFFECTS, 'Default'] }],
  ['Parallel', { required: ['Branches'], optional: [...FLOW, ...EFFECTS, ...RECOVERY, 'Arguments'] }],
  ['Pass', { required: [], optional: [...FLOW, ...EFFECTS] }],
  ['Succeed', { required: [], optional: ['Output'] }],
  ['Fail', { required: [], optional: ['Error', 'Cause'] }],
]);
export const ANY_STATE_FIELDS: readonly string[] = ['Type', 'Comment', 'QueryLanguage'];

export const MACHINE_FIELDS: FieldRule = {
  required: ['StartAt', 'States'],
  optional: ['Comment', 'QueryLanguage', 'TimeoutSeconds', 'Version'],
};
export const BRANCH_FIELDS: FieldRule = { required: ['StartAt', 'States'], optional: ['Comment'] };
export const CHOICE_FIELDS: FieldRule = {
  required: ['Condition', 'Next'],
  optional: [...EFFECTS, 'Comment'],
};
export const RETRY_FIELDS: FieldRule = {
  required: ['ErrorEquals'],
  optional: ['IntervalSeconds', 'MaxAttempts', 'BackoffRate', 'MaxDelaySeconds', 'JitterStrategy', 'Comment'],
};
export const CATCH_FIELDS: FieldRule = {
  required: ['ErrorEquals', 'Next'],
  optional: [...EFFECTS, 'Comment'],
};

/** Fields that only JSONPath states have. */
const JSONPATH_FIELDS = new Set([
  'InputPath',
  'OutputPath',
  'ResultPath',
  'ResultSelector',
  'Parameters',
  'Result',
  'SecondsPath',
  'TimestampPath',
  'TimeoutSecondsPath',
  'HeartbeatSecondsPath',
  'ErrorPath',
  'CausePath',
  'Variable',
  'ItemsPath',
]);

/** Reports fields that are missing, and fields that do not exist. `also` are allowed on top of the rule's. */
export function checkFields(
  source: JsonObject,
  rule: FieldRule,
  location: string,
  report: ProblemReport,
  also: readonly string[] = [],
): void {
  const missing = rule.required.filter((name) => source[name] === undefined);
  if (missing.length > 0) report.schema(`These fields are required: [${missing.join(', ')}]`, location);
  for (const name of Object.keys(source)) {
    if (rule.required.includes(name) || rule.optional.includes(name) || also.includes(name)) continue;
    report.schema(unknownField(name), location);
  }
}

function unknownField(name: string): string {
  if (!JSONPATH_FIELDS.has(name)) return `Field '${name}' is not supported`;
  return `The QueryLanguage is set to 'JSONata', but field '${name}' is only supported for the 'JSONPath' QueryLanguage`;
}
