import type { Json, JsonObject } from '../contracts.ts';
import type {
  AssignTemplate,
  Catcher,
  ChoiceRule,
  Effects,
  Recovers,
  Retrier,
  State,
  StateGraph,
} from './machine.ts';
import { compileTemplate, type Template } from './template.ts';

/** Compiles one state of a valid definition. */
export function compileState(name: string, source: JsonObject, branches: readonly StateGraph[]): State {
  const named = { name };
  const next = optional('next', source.Next as string | undefined);
  switch (source.Type) {
    case 'Task':
      return {
        type: 'Task',
        ...named,
        ...next,
        ...effects(source),
        ...recovers(source),
        ...compileTask(source),
      };
    case 'Wait':
      return {
        type: 'Wait',
        ...named,
        ...next,
        ...effects(source),
        ...field(source, 'Seconds'),
        ...field(source, 'Timestamp'),
      };
    case 'Choice':
      return { type: 'Choice', ...named, ...effects(source), ...compileChoices(source) };
    case 'Parallel':
      return {
        type: 'Parallel',
        ...named,
        ...next,
        ...effects(source),
        ...recovers(source),
        ...field(source, 'Arguments'),
        branches,
      };
    case 'Succeed':
      return { type: 'Succeed', ...named, ...field(source, 'Output') };
    case 'Fail':
      return { type: 'Fail', ...named, ...field(source, 'Error'), ...field(source, 'Cause') };
    default:
      return { type: 'Pass', ...named, ...next, ...effects(source) };
  }
}

function optional<K extends string, V>(key: K, value: V | undefined): { [P in K]?: V } {
  return value === undefined ? {} : ({ [key]: value } as { [P in K]: V });
}

/** The template of a field, under the field's name with a small first letter. */
function field<K extends string>(source: JsonObject, name: K): { [P in Uncapitalize<K>]?: Template } {
  const value = source[name];
  const key = `${name.charAt(0).toLowerCase()}${name.slice(1)}` as Uncapitalize<K>;
  return optional(key, value === undefined ? undefined : compileTemplate(value, name));
}

function effects(source: JsonObject, place = ''): Effects {
  const { Output, Assign } = source;
  return {
    ...optional('output', Output === undefined ? undefined : compileTemplate(Output, `${place}Output`)),
    ...optional('assign', Assign === undefined ? undefined : compileAssign(Assign as JsonObject, place)),
  };
}

function compileAssign(source: JsonObject, place: string): AssignTemplate {
  return Object.entries(source).map(([variable, value]) => ({
    variable,
    value: compileTemplate(value, `${place}Assign/${variable}`),
  }));
}

function compileTask(source: JsonObject) {
  const resource = source.Resource as string;
  return {
    ...optional('functionArn', resource.includes(':states:') ? undefined : resource),
    ...field(source, 'Arguments'),
    ...field(source, 'TimeoutSeconds'),
    ...field(source, 'HeartbeatSeconds'),
  };
}

function compileChoices(source: JsonObject) {
  const choices = (source.Choices as readonly JsonObject[]).map(
    (rule, index): ChoiceRule => ({
      condition: compileTemplate(rule.Condition as Json, `Choices[${index}]/Condition`),
      next: rule.Next as string,
      ...effects(rule, `Choices[${index}]/`),
    }),
  );
  return { choices, ...optional('fallback', source.Default as string | undefined) };
}

function recovers(source: JsonObject): Recovers {
  const retry = (source.Retry ?? []) as readonly JsonObject[];
  const catchers = (source.Catch ?? []) as readonly JsonObject[];
  return {
    retry: retry.map(compileRetrier),
    catch: catchers.map(
      (catcher, index): Catcher => ({
        errorEquals: catcher.ErrorEquals as string[],
        next: catcher.Next as string,
        ...effects(catcher, `Catch[${index}]/`),
      }),
    ),
  };
}

function compileRetrier(source: JsonObject): Retrier {
  return {
    errorEquals: source.ErrorEquals as string[],
    intervalSeconds: (source.IntervalSeconds ?? 1) as number,
    maxAttempts: (source.MaxAttempts ?? 3) as number,
    backoffRate: (source.BackoffRate ?? 2) as number,
    ...optional('maxDelaySeconds', source.MaxDelaySeconds as number | undefined),
    jitter: source.JitterStrategy === 'FULL',
  };
}
