/** Functions that state machines invoke, by the names of their handler files. */
export const TASK_FUNCTIONS = ['take-turn', 'verify-load', 'start-statement', 'check-statement'] as const;
export type TaskFunction = (typeof TASK_FUNCTIONS)[number];

/** Functions that rules of the default bus invoke, asynchronously. */
export const EVENT_FUNCTIONS = ['start-run', 'sweep-loads', 'stop-statements', 'notify-outcome'] as const;
export type EventFunction = (typeof EVENT_FUNCTIONS)[number];

/** Every function that is deployed, by the name of its handler file. */
export type DeployedFunction = TaskFunction | EventFunction;

/** Name under which a function's ARN is substituted into a definition: `StartStatementFunctionArn`. */
export function arnVariable(name: TaskFunction): string {
  const pascal = name.replaceAll(/(?:^|-)([a-z])/g, (_, letter: string) => letter.toUpperCase());
  return `${pascal}FunctionArn`;
}

/** The same as it stands in a definition, for CloudFormation's DefinitionSubstitutions to replace. */
export function arnReference(name: TaskFunction): string {
  return `\${${arnVariable(name)}}`;
}
