import type { Stage } from '../../compile/stage/stage.ts';
import { machineName } from '../../compile/stage/stage-names.ts';
import { compileStateMachines, type DefinitionFile } from '../../compile/template/state-machine-resources.ts';
import type { FindingOf } from '../finding.ts';

/** A state machine of the stage. */
export interface ReadMachine {
  readonly pipeline: string;
  readonly name: string;
  /** Absent where it is not deployed. */
  readonly definition?: unknown;
  /** Why nothing is started for it. */
  readonly held?: string;
}

/** The definitions of this tree, by the name of the state machine. Functions are placeholders in them: `${name}`. */
function compiledDefinitions(stage: Stage): ReadonlyMap<string, unknown> {
  const { resources, files } = compileStateMachines(stage);
  const machines = Object.values(resources).filter(({ Type }) => Type === 'AWS::StepFunctions::StateMachine');
  return new Map(
    machines.map(({ Properties }) => {
      const properties = Properties as MachineProperties;
      return [properties.StateMachineName, properties.Definition ?? bodyOf(properties, files)];
    }),
  );
}

interface MachineProperties {
  readonly StateMachineName: string;
  readonly Definition?: unknown;
  readonly DefinitionS3Location?: { readonly Key: string };
}

function bodyOf({ DefinitionS3Location }: MachineProperties, files: readonly DefinitionFile[]): unknown {
  const file = files.find(({ key }) => key === DefinitionS3Location?.Key);
  return JSON.parse(file?.body ?? 'null');
}

/** Machines that are not deployed, are those of another tree, or are held. @param deploy the command that deploys this tree */
export function judgeMachines(
  stage: Stage,
  machines: readonly ReadMachine[],
  deploy: string,
): readonly FindingOf[] {
  const compiled = compiledDefinitions(stage);
  return machines.flatMap(({ pipeline, name, definition, held }) => {
    const where = { pipeline, object: name };
    if (definition === undefined) return [notDeployed(where, deploy)];
    const differing = findDifferences(compiled.get(machineName(stage, pipeline)), definition);
    return [
      ...(differing.length === 0 ? [] : [differs(where, differing, deploy)]),
      ...(held === undefined ? [] : [isHeld(where, held)]),
    ];
  });
}

function notDeployed(where: FindingOf['where'], deploy: string): FindingOf {
  return {
    ...{ id: 'machine-missing', severity: 'problem', where },
    what: `The stage has no state machine ${where.object}.`,
    consequence: 'No load of the pipeline is run.',
    repair: deploy,
  };
}

function differs(where: FindingOf['where'], states: readonly string[], deploy: string): FindingOf {
  const shown = states.slice(0, 8).join(', ');
  return {
    ...{ id: 'machine-differs', severity: 'warning', where },
    what: `The deployed state machine is not the one that this tree compiles. These parts differ: ${shown}${states.length > 8 ? ` and ${states.length - 8} more` : ''}.`,
    consequence: 'The next run does what was deployed, and not what stands in src/pipelines.',
    repair: deploy,
  };
}

function isHeld(where: FindingOf['where'], reason: string): FindingOf {
  return {
    ...{ id: 'pipeline-held', severity: 'problem', where },
    what: `The pipeline is held: ${reason}`,
    consequence: 'Nothing is started for it, neither by an event nor by the sweep nor by a person.',
    repair: 'docs/operations.md says how a hold is released, and what is to be done before.',
  };
}

const PLACEHOLDER = /\$\{\w+\}/;

/** Names of the states, or other members, in which a deployed definition differs from a compiled one. */
export function findDifferences(compiled: unknown, deployed: unknown): readonly string[] {
  const [own, theirs] = [asObject(compiled), asObject(deployed)];
  const states = differingKeys(asObject(own.States), asObject(theirs.States));
  const rest = differingKeys({ ...own, States: null }, { ...theirs, States: null });
  return [...states, ...rest];
}

function differingKeys(own: Members, theirs: Members): readonly string[] {
  const keys = new Set([...Object.keys(own), ...Object.keys(theirs)]);
  return [...keys].filter((key) => !isSame(own[key], theirs[key]));
}

type Members = Readonly<Record<string, unknown>>;

/** Members may stand in any order; a placeholder stands for any text. */
function isSame(compiled: unknown, deployed: unknown): boolean {
  if (typeof compiled === 'string' && PLACEHOLDER.test(compiled))
    return typeof deployed === 'string' && fitsPlaceholders(compiled, deployed);
  if (Array.isArray(compiled))
    return (
      Array.isArray(deployed) &&
      compiled.length === deployed.length &&
      compiled.every((part, index) => isSame(part, deployed[index]))
    );
  if (typeof compiled !== 'object' || compiled === null) return compiled === deployed;
  if (typeof deployed !== 'object' || deployed === null || Array.isArray(deployed)) return false;
  return differingKeys(asObject(compiled), asObject(deployed)).length === 0;
}

function fitsPlaceholders(compiled: string, deployed: string): boolean {
  const parts = compiled
    .split(new RegExp(PLACEHOLDER, 'g'))
    .map((part) => part.replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&'));
  return new RegExp(`^${parts.join('.+')}$`, 's').test(deployed);
}

function asObject(value: unknown): Members {
  return typeof value === 'object' && value !== null ? (value as Members) : {};
}
