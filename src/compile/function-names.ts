/** Functions that state machines invoke, by the names of their handler files. */
export type TaskFunction = 'start-statement' | 'check-statement';

export const TASK_FUNCTIONS: readonly TaskFunction[] = ['start-statement', 'check-statement'];

/** Name under which a function's ARN is substituted into a definition: `StartStatementFunctionArn`. */
export function arnVariable(name: TaskFunction): string {
  const pascal = name.replaceAll(/(?:^|-)([a-z])/g, (_, letter: string) => letter.toUpperCase());
  return `${pascal}FunctionArn`;
}

/** The same as it stands in a definition, for CloudFormation's DefinitionSubstitutions to replace. */
export function arnReference(name: TaskFunction): string {
  return `\${${arnVariable(name)}}`;
}
