import type { Json, JsonObject } from '../../contracts.ts';
import { type CompiledTemplate, compileTemplate } from '../expression/template.ts';
import type {
  AssignTemplate,
  CompiledCatcher,
  CompiledChoiceRule,
  CompiledRetrier,
  CompiledState,
  Effects,
  Machine,
  Recovers,
  StateGraph,
} from './machine.ts';

/** Compiles a definition that was found valid. */
export function compileMachine(definition: JsonObject): Machine {
  const { TimeoutSeconds } = definition;
  const graph = compileGraph(definition);
  return typeof TimeoutSeconds === 'number' ? { ...graph, timeoutSeconds: TimeoutSeconds } : graph;
}

function compileGraph(source: JsonObject): StateGraph {
  const states = Object.entries(source.States as { [name: string]: JsonObject });
  return {
    startAt: source.StartAt as string,
    states: new Map(
      states.map(([name, state]) => [name, compileState(name, state, compileBranches(state.Branches))]),
    ),
  };
}

function compileBranches(branches: Json | undefined): readonly StateGraph[] {
  return ((branches ?? []) as readonly JsonObject[]).map(compileGraph);
}

/** Compiles one state of a valid definition. */
function compileState(name: string, source: JsonObject, branches: readonly StateGraph[]): CompiledState {
  switch (source.Type) {
    case 'Task':
      return { type: 'Task', name, ...flow(source), ...recovers(source), ...compileTask(source) };
    case 'Wait':
      return { type: 'Wait', name, ...flow(source), ...fields(source, 'Seconds', 'Timestamp') };
    case 'Choice':
      return { type: 'Choice', name, ...effects(source), ...compileChoices(source) };
    case 'Parallel':
      return {
        type: 'Parallel',
        name,
        ...flow(source),
        ...recovers(source),
        ...fields(source, 'Arguments'),
        branches,
      };
    case 'Succeed':
      return { type: 'Succeed', name, ...fields(source, 'Output') };
    case 'Fail':
      return { type: 'Fail', name, ...fields(source, 'Error', 'Cause') };
    default:
      return { type: 'Pass', name, ...flow(source) };
  }
}

/** Where a state leads, and what it leaves behind. */
function flow(source: JsonObject): Effects & { readonly next?: string } {
  return { ...optional('next', source.Next as string | undefined), ...effects(source) };
}

function optional<K extends string, V>(key: K, value: V | undefined): { [P in K]?: V } {
  return value === undefined ? {} : ({ [key]: value } as { [P in K]: V });
}

/** Templates of fields, under the fields' names with a small first letter. */
function fields<K extends string>(
  source: JsonObject,
  ...names: readonly K[]
): { [P in Uncapitalize<K>]?: CompiledTemplate } {
  const present = names.filter((name) => source[name] !== undefined);
  const templates = present.map((name) => [uncapitalize(name), compileTemplate(source[name] as Json, name)]);
  return Object.fromEntries(templates) as { [P in Uncapitalize<K>]?: CompiledTemplate };
}

function uncapitalize(name: string): string {
  return `${name.charAt(0).toLowerCase()}${name.slice(1)}`;
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
    isPublish: resource.endsWith(':states:::sns:publish'),
    ...fields(source, 'Arguments', 'TimeoutSeconds', 'HeartbeatSeconds'),
  };
}

function compileChoices(source: JsonObject) {
  const choices = (source.Choices as readonly JsonObject[]).map(
    (rule, index): CompiledChoiceRule => ({
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
      (catcher, index): CompiledCatcher => ({
        errorEquals: catcher.ErrorEquals as string[],
        next: catcher.Next as string,
        ...effects(catcher, `Catch[${index}]/`),
      }),
    ),
  };
}

function compileRetrier(source: JsonObject): CompiledRetrier {
  return {
    errorEquals: source.ErrorEquals as string[],
    intervalSeconds: (source.IntervalSeconds ?? 1) as number,
    maxAttempts: (source.MaxAttempts ?? 3) as number,
    backoffRate: (source.BackoffRate ?? 2) as number,
    ...optional('maxDelaySeconds', source.MaxDelaySeconds as number | undefined),
    jitter: source.JitterStrategy === 'FULL',
  };
}
