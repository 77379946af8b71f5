import { FRAME_STATES } from '../../names/machine-states.ts';
import { type Change, change } from '../change.ts';
import { canonicalJson, type Members } from '../json.ts';
import { directlyBefore } from '../machine/order.ts';
import type { MachineFacts } from '../machine/read-machine.ts';
import type { StepFacts } from '../machine/read-step.ts';
import { numbers } from './compare-policies.ts';
import { compareSteps, describeFacts, isSameWork } from './compare-steps.ts';

/** What a pipeline does otherwise, in its own words. Nothing where both machines do the same. */
export function compareMachines(
  pipeline: string,
  before: MachineFacts,
  after: MachineFacts,
): readonly Change[] {
  const words = [
    ...compareStepSets(pipeline, before, after),
    ...compareOrder(pipeline, before, after),
    ...compareStaged(pipeline, before, after),
    ...(before.otherTables === after.otherTables
      ? []
      : [
          change(
            'other-tables-changed',
            { pipeline },
            `errors in other tables: ${after.otherTables}, in place of ${before.otherTables}`,
          ),
        ]),
    ...compareContract(pipeline, before, after),
  ];
  return [
    ...words,
    ...(words.some(({ kind }) => LENGTHENS.test(kind)) ? [] : compareRunTime(pipeline, before, after)),
    ...compareRest(pipeline, before, after, words),
  ];
}

/** How long a run may take follows from these, and needs no words beside theirs. */
const LENGTHENS = /^(?:step|order|timeout)-/;

function compareRunTime(pipeline: string, before: MachineFacts, after: MachineFacts): readonly Change[] {
  return numbers(
    { pipeline },
    ['run-time-shorter', 'run-time-longer'],
    before.timeoutSeconds,
    after.timeoutSeconds,
    (text) => `a run may take ${text} s`,
  );
}

function compareStepSets(pipeline: string, before: MachineFacts, after: MachineFacts): readonly Change[] {
  const gone = [...before.steps.values()].filter(({ name }) => !after.steps.has(name));
  const added = [...after.steps.values()].filter(({ name }) => !before.steps.has(name));
  const renamed = new Map(
    added.flatMap((step): (readonly [StepFacts, StepFacts])[] => {
      const earlier = gone.find((one) => isSameWork(one, step));
      return earlier === undefined ? [] : [[earlier, step]];
    }),
  );
  const names = new Set(renamed.values());
  return [
    ...[...renamed].map(([was, is]) =>
      change('step-renamed', { pipeline, step: is.name }, `was called ${was.name}`),
    ),
    ...gone
      .filter((step) => !renamed.has(step))
      .map((step) =>
        change('step-gone', { pipeline, step: step.name }, `is no longer there: ${describeFacts(step)}`),
      ),
    ...added
      .filter((step) => !names.has(step))
      .map((step) => change('step-added', { pipeline, step: step.name }, `is new: ${describeFacts(step)}`)),
    ...[...after.steps.values()].flatMap((step) => {
      const earlier = before.steps.get(step.name);
      return earlier === undefined ? [] : compareSteps(pipeline, earlier, step);
    }),
  ];
}

/** Of the steps that both have: a new step between two others changes nothing between those two. */
function compareOrder(pipeline: string, before: MachineFacts, after: MachineFacts): readonly Change[] {
  const common = new Set([...before.steps.keys()].filter((name) => after.steps.has(name)));
  return [...after.steps.keys()]
    .filter((step) => common.has(step))
    .flatMap((step) => {
      const where = { pipeline, step };
      const freed = directlyBefore(before.before, step, common).filter(
        (name) => !after.before.get(step)?.has(name),
      );
      const bound = directlyBefore(after.before, step, common).filter(
        (name) => !before.before.get(step)?.has(name),
      );
      return [
        ...freed.map((name) => change('order-freed', where, `no longer waits for ${name}`)),
        ...bound.map((name) => change('order-bound', where, `waits for ${name} from now on`)),
      ];
    });
}

function compareStaged(pipeline: string, before: MachineFacts, after: MachineFacts): readonly Change[] {
  const where = { pipeline };
  const [was, is] = [before.stagedTables, after.stagedTables];
  return [
    ...[...was.keys()]
      .filter((table) => !is.has(table))
      .map((table) => change('staged-gone', where, `staged table ${table} is no longer there`)),
    ...[...is].flatMap(([table, members]) => {
      const earlier = was.get(table);
      if (earlier === undefined) return [change('staged-added', where, `staged table ${table} is new`)];
      const parts = differingMembers(earlier, members);
      return parts.length === 0
        ? []
        : [change('staged-changed', where, `staged table ${table}: ${parts.join('; ')}`)];
    }),
  ];
}

function differingMembers(before: Members, after: Members): readonly string[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  const text = (value: unknown) =>
    value === undefined ? 'nothing' : typeof value === 'string' ? value : canonicalJson(value);
  return names
    .filter((name) => canonicalJson(before[name] ?? null) !== canonicalJson(after[name] ?? null))
    .map((name) => `${name} ${text(after[name])}, in place of ${text(before[name])}`);
}

function compareContract(pipeline: string, before: MachineFacts, after: MachineFacts): readonly Change[] {
  if (before.contract === after.contract) return [];
  return [
    change(
      'contract-changed',
      { pipeline },
      `the machine speaks contract ${after.contract} with the functions, in place of ${before.contract}`,
    ),
  ];
}

const OF_AUDITS: ReadonlySet<string> = new Set([FRAME_STATES.confirm, FRAME_STATES.complete]);

/** What the other words do not explain: states that are otherwise, their arrangement, comments. */
function compareRest(
  pipeline: string,
  before: MachineFacts,
  after: MachineFacts,
  words: readonly Change[],
): readonly Change[] {
  const where = { pipeline };
  const isAuditFlip = hasAudits(before) !== hasAudits(after);
  const states = [...after.rest.keys()]
    .filter((name) => before.rest.has(name) && before.rest.get(name) !== after.rest.get(name))
    .filter((name) => !(isAuditFlip && OF_AUDITS.has(name)));
  const unread = [...new Set([...before.unread, ...after.unread])].filter(
    (name) => before.rest.get(name) !== after.rest.get(name),
  );
  const unexplained = before.contract === after.contract ? [...new Set([...states, ...unread])] : unread;
  if (unexplained.length > 0)
    return [change('state-changed', where, `states that differ otherwise: ${unexplained.join(', ')}`)];
  if (words.length > 0) return [];
  if (before.arrangement !== after.arrangement)
    return [change('rearranged', where, 'the states lead to each other in another way')];
  return before.comments === after.comments
    ? []
    : [change('comments', where, 'comments of the state machine differ')];
}

function hasAudits({ steps }: MachineFacts): boolean {
  return [...steps.values()].some(({ audits }) => audits.length > 0);
}
