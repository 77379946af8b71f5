import type { Json, JsonObject } from '../../contracts.ts';
import type { ProblemReport } from './problem.ts';
import { checkTemplate } from './validate-expression.ts';
import { checkNumber, isExpression, isObject } from './values.ts';

const INTEGRATION = /^arn:aws[\w-]*:states:::lambda:invoke$/;
const PUBLISH = /^arn:aws[\w-]*:states:::sns:publish$/;
const FUNCTION = /^arn:aws[\w-]*:lambda:[\w-]+:\d{12}:function:[\w-]+(:[\w$-]+)?$/;
/** A reference CloudFormation or the local stack fills in before the machine runs. */
const PLACEHOLDER = /\$\{[^}]+\}/;

const ARGUMENTS = ['FunctionName', 'Payload', 'Qualifier', 'InvocationType'];

/** Checks a Task's resource and arguments: a Lambda function, called for its answer. */
export function checkTask(state: JsonObject, location: string, report: ProblemReport): void {
  const { Resource, Arguments, TimeoutSeconds, HeartbeatSeconds } = state;
  if (Resource !== undefined) checkResource(Resource, `${location}/Resource`, report);
  if (typeof Resource === 'string' && INTEGRATION.test(Resource)) {
    checkArguments(Arguments, `${location}/Arguments`, report);
  }
  checkTemplate(Arguments, `${location}/Arguments`, report);
  checkSeconds(TimeoutSeconds, `${location}/TimeoutSeconds`, report);
  checkSeconds(HeartbeatSeconds, `${location}/HeartbeatSeconds`, report);
  const limit = typeof TimeoutSeconds === 'number' ? TimeoutSeconds : undefined;
  if (typeof HeartbeatSeconds === 'number' && limit !== undefined && HeartbeatSeconds >= limit) {
    report.schema('HeartbeatSeconds must be smaller than TimeoutSeconds', `${location}/HeartbeatSeconds`);
  }
}

function checkResource(resource: Json, location: string, report: ProblemReport): void {
  if (typeof resource !== 'string') {
    report.schema('Expected value of type String', location);
    return;
  }
  if ([INTEGRATION, PUBLISH, FUNCTION].some((known) => known.test(resource))) return;
  const reason = PLACEHOLDER.test(resource) ? 'has a placeholder without a value' : 'is not supported';
  const supported =
    'arn:aws:states:::lambda:invoke, arn:aws:states:::sns:publish and Lambda function ARNs are';
  report.schema(`The resource '${resource}' ${reason}: ${supported}`, location);
}

function checkArguments(source: Json | undefined, location: string, report: ProblemReport): void {
  if (isExpression(source)) return;
  if (!isObject(source)) {
    report.schema("The field 'FunctionName' is required but was missing", location);
    return;
  }
  if (source.FunctionName === undefined) {
    report.schema("The field 'FunctionName' is required but was missing", location);
  } else if (typeof source.FunctionName !== 'string') {
    report.schema('Expected value of type String', `${location}/FunctionName`);
  } else if (PLACEHOLDER.test(source.FunctionName)) {
    report.schema(`'${source.FunctionName}' has a placeholder without a value`, `${location}/FunctionName`);
  }
  for (const name of Object.keys(source)) {
    if (!ARGUMENTS.includes(name)) report.schema(`The field '${name}' is not supported`, location);
  }
  if ((source.InvocationType ?? 'RequestResponse') !== 'RequestResponse') {
    report.schema(`InvocationType '${source.InvocationType}' is not supported`, `${location}/InvocationType`);
  }
}

function checkSeconds(value: Json | undefined, location: string, report: ProblemReport): void {
  if (!isExpression(value)) checkNumber(value, { min: 1, max: 99_999_999, integer: true }, location, report);
  checkTemplate(value, location, report);
}
