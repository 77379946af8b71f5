import { isDeepStrictEqual } from 'node:util';
import { InvalidConfig } from '../errors/errors.ts';
import { StepNameSchema } from '../names/names.ts';
import { parseStep } from '../steps/step.ts';
import type { NewFile, ProjectChanges, ProjectFiles } from './project.ts';
import { checked } from './tables/checked-names.ts';
import { type ObjectLiteral, type ParsedModule, parseModule, withItem } from './typescript/parse-module.ts';
import { keysOf, literalOf, valueOfKey, writtenPipelines } from './typescript/pipeline-call.ts';

const FOLDER = 'src/pipelines';

/** The steps of a pipeline, in its file. */
export interface FoundSteps {
  readonly module: ParsedModule;
  readonly definition: ObjectLiteral;
  readonly steps: ObjectLiteral;
  readonly names: readonly string[];
}

/**
 * Finds a pipeline by the name of its file, or by its own.
 * @throws InvalidConfig in words where there is none, or where its steps are not written as an object; `byHand` is what to add then
 */
export function findSteps(pipeline: string, byHand: string, project: ProjectFiles): FoundSteps {
  const { module, definition } = findPipeline(pipeline, byHand, project);
  const steps = valueOfKey(definition, 'steps');
  const names = steps?.type === 'ObjectExpression' ? keysOf(steps) : undefined;
  if (steps?.type !== 'ObjectExpression' || names === undefined)
    throw new InvalidConfig(
      `${module.path}: its steps are not written as one object with plain names, so nothing can be added for you. Add by hand: ${byHand}`,
    );
  return { module, definition, steps, names };
}

function findPipeline(pipeline: string, byHand: string, project: ProjectFiles) {
  const files = project.list(FOLDER).filter((file) => file.endsWith('.ts') && file !== 'index.ts');
  const own = files.filter((file) => file === `${pipeline}.ts`);
  const found = (own.length > 0 ? own : files).flatMap((file) => {
    const path = `${FOLDER}/${file}`;
    const module = parseModule(path, project.read(path) ?? '');
    const written = writtenPipelines(module);
    const named = written.filter(({ name }) => name === pipeline);
    const meant = named.length === 0 && own.length > 0 ? written : named;
    return meant.map(({ definition }) => ({ module, definition }));
  });
  const [one, ...more] = found;
  if (one !== undefined && more.length === 0) return one;
  if (own.length === 0 && one === undefined) {
    const names = files.map((file) => file.slice(0, -3)).join(', ');
    throw new InvalidConfig(`there is no pipeline "${pipeline}"; the pipelines are: ${names}`);
  }
  const why =
    one === undefined ? 'holds no definePipeline({ … })' : 'holds several pipelines: name one of them';
  throw new InvalidConfig(`${FOLDER}/${own[0] ?? 'index.ts'}: ${why}. Add by hand: ${byHand}`);
}

/** A step that is to be added. */
export interface NewStep {
  readonly pipeline: string;
  readonly step: string;
  readonly definition: Readonly<Record<string, unknown>>;
  readonly files?: readonly NewFile[];
}

/**
 * Adds a step behind the others. A step that is there, and says the same, is not added again.
 * @throws InvalidConfig in words where a name cannot be used, or the file has a form that cannot be added to
 */
export function addStep(request: NewStep, project: ProjectFiles): ProjectChanges {
  const { pipeline, definition, files = [] } = request;
  const step = checked('step', StepNameSchema, request.step);
  const problems = parseStep(step, definition);
  if (!('name' in problems)) throw new InvalidConfig(problems.join('; '));
  const written = `${step}: ${JSON.stringify(definition)}`;
  const { module, steps, names } = findSteps(pipeline, written, project);
  const after = (definition.after ?? []) as readonly string[];
  const unknown = after.filter((name) => name === step || !names.includes(name));
  if (unknown.length > 0)
    throw new InvalidConfig(
      `step ${JSON.stringify(unknown[0])}: ${module.path} has no such step that ${step} could be after; there are: ${names.join(', ')}`,
    );
  if (!names.includes(step)) return changed(module, withItem(module, steps, written), files);
  if (isDeepStrictEqual(literalOf(valueOfKey(steps, step)), definition))
    return changed(module, module.text, files);
  throw new InvalidConfig(
    `${module.path}: has a step ${step} already, which says something else. Nothing was written`,
  );
}

/** One edit of one file; none where its text stays. */
export function changed(module: ParsedModule, after: string, files: readonly NewFile[]): ProjectChanges {
  const { path, text } = module;
  return {
    files,
    edits: after === text ? [] : [{ path, before: text, after }],
    found: [],
    guessed: [],
    next: [],
  };
}
