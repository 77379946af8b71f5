import { arnName } from '../../arn.ts';
import { type Change, change } from '../change.ts';
import { canonicalJson } from '../json.ts';
import { type MachineFacts, readMachine } from '../machine/read-machine.ts';
import type { TemplateMachine } from '../template/template.ts';
import { compareMachines } from './compare-machines.ts';
import { describeFacts, isSameWork } from './compare-steps.ts';

type Machines = ReadonlyMap<string, TemplateMachine>;

/** What the pipelines do otherwise, in their own words. */
export function comparePipelines(before: Machines, after: Machines): readonly Change[] {
  const gone = [...before.values()].filter(({ pipeline }) => !after.has(pipeline));
  const added = [...after.values()].filter(({ pipeline }) => !before.has(pipeline));
  const renamed = new Map(
    added.flatMap((machine): (readonly [TemplateMachine, TemplateMachine])[] => {
      const earlier = gone.find((one) => isSamePipeline(one, machine));
      return earlier === undefined ? [] : [[earlier, machine]];
    }),
  );
  const successors = new Set(renamed.values());
  return [
    ...[...renamed].map(([was, { pipeline }]) =>
      change('pipeline-renamed', { pipeline }, `was called ${was.pipeline}`),
    ),
    ...gone
      .filter((machine) => !renamed.has(machine))
      .map(({ pipeline }) => change('pipeline-gone', { pipeline }, 'is no longer in this tree')),
    ...added
      .filter((machine) => !successors.has(machine))
      .map((machine) =>
        change('pipeline-added', { pipeline: machine.pipeline }, `is new: ${describeMachine(machine)}`),
      ),
    ...[...after.values()].flatMap((machine) => {
      const earlier = before.get(machine.pipeline);
      return earlier === undefined
        ? []
        : [...compareOne(earlier, machine), ...compareHours(earlier, machine)];
    }),
  ];
}

function compareOne(before: TemplateMachine, after: TemplateMachine): readonly Change[] {
  const { pipeline } = after;
  // The key of a file has a hash of its content.
  if (before.key !== undefined && before.key === after.key && before.definition === undefined) return [];
  const [was, is] = [readMachine(before.definition), readMachine(after.definition)];
  if (was !== undefined && is !== undefined) return compareMachines(pipeline, was, is);
  const what =
    before.definition === undefined
      ? 'its definition is another one, in a file that is not at hand'
      : 'its definition is of a form that the plan cannot read';
  return [change('pipeline-unreadable', { pipeline }, what)];
}

/** They are in the functions’ code alone; templates of earlier versions do not have them. */
function compareHours(before: TemplateMachine, after: TemplateMachine): readonly Change[] {
  const { hours: was } = before;
  const { hours: is, pipeline } = after;
  if (was === undefined || is === undefined) return [];
  return (['windowHours', 'companionHours', 'deadline'] as const)
    .filter((name) => was[name] !== is[name])
    .map((name) =>
      change(
        name === 'deadline' ? 'deadline-changed' : 'hours-changed',
        { pipeline },
        `${name} ${is[name] ?? 'none'}, in place of ${was[name] ?? 'none'}`,
      ),
    );
}

/** Whether two pipelines do the same under different names. */
function isSamePipeline(before: TemplateMachine, after: TemplateMachine): boolean {
  const [was, is] = [readMachine(before.definition), readMachine(after.definition)];
  if (was === undefined || is === undefined || was.steps.size !== is.steps.size) return false;
  const steps = [...is.steps.values()].every((step) => {
    const earlier = was.steps.get(step.name);
    return earlier !== undefined && isSameWork(earlier, step);
  });
  return steps && tablesOf(was) === tablesOf(is);
}

function tablesOf({ stagedTables }: MachineFacts): string {
  return canonicalJson([...stagedTables.keys()].toSorted());
}

function describeMachine({ definition }: TemplateMachine): string {
  const steps = [...(readMachine(definition)?.steps.values() ?? [])];
  return (
    steps.map((step) => `${step.name} ${describeFacts(step)}`).join('; ') || 'its definition is not at hand'
  );
}

/** Tasks whose loads start runs from now on, or no longer. */
export function compareTriggers(before: ReadonlySet<string>, after: ReadonlySet<string>): readonly Change[] {
  return [
    ...[...after]
      .filter((arn) => !before.has(arn))
      .map((arn) =>
        change('trigger-added', { object: arnName(arn) }, `loads of the DMS task ${arn} start runs`),
      ),
    ...[...before]
      .filter((arn) => !after.has(arn))
      .map((arn) =>
        change(
          'trigger-gone',
          { object: arnName(arn) },
          `loads of the DMS task ${arn} start no runs any more`,
        ),
      ),
  ];
}
