import { consumersOf } from '../../definition/consumption.ts';
import type { Pipeline } from '../../definition/pipeline.ts';
import { auditTableName, fenceTableName } from '../../names/elt-tables.ts';
import { FRAME_STATES } from '../../names/machine-states.ts';
import { CONTRACT_VERSION } from '../../statements/contract-version.ts';
import { hasAudits } from '../../steps/step.ts';
import type { State, SucceedState, Template } from './asl.ts';
import { compileLambdaTask, EXECUTION } from './lambda-task.ts';

const { turn, isTurn, waitForTurn, superseded, verify, confirm, complete } = FRAME_STATES;

/** The pipeline, load and target of the run, which every output holds. */
const RUN = {
  pipeline: '{% $states.input.pipeline %}',
  load: '{% $states.input.load %}',
  trigger: '{% $states.input.trigger %}',
};

/**
 * The states before the steps: they wait for the run's turn and check that the load is complete. @param next the
 * first step's state
 */
export function compileOpening(pipeline: Pipeline, next: string): Record<string, State> {
  return {
    [turn]: compileLambdaTask({
      comment: 'One run of a pipeline at a time; one whose load was overtaken ends here',
      function: 'take-turn',
      payload: { ...identity(pipeline), steps: pipeline.steps.map(({ name }) => name) },
      output: "{% $merge([$states.input, {'turn': $states.result.Payload}]) %}",
      next: isTurn,
    }),
    [isTurn]: {
      Type: 'Choice',
      Choices: [
        { Condition: "{% $states.input.turn.turn = 'superseded' %}", Next: superseded },
        { Condition: "{% $states.input.turn.turn = 'wait' %}", Next: waitForTurn },
      ],
      Default: verify,
    },
    [waitForTurn]: { Type: 'Wait', Seconds: '{% $states.input.turn.waitSeconds %}', Next: turn },
    [superseded]: {
      Type: 'Succeed',
      Comment: 'A newer load has come: its run does what this one would have done',
      Output: { ...RUN, outcome: 'superseded', reason: '{% $states.input.turn.reason %}' },
    },
    [verify]: compileLambdaTask({
      comment: 'Every table of every task is complete, and staging holds its rows',
      function: 'verify-load',
      payload: verifyPayload(pipeline, 'verify'),
      output:
        "{% $merge([$sift($states.input, function($value, $key) { $key != 'turn' }), {'stagedRows': $states.result.Payload.stagedRows, 'warnings': [$states.result.Payload.warnings], 'loadEndedAt': $states.result.Payload.loadEndedAt}]) %}",
      next,
    }),
  };
}

/** The states after the steps: they check that staging still holds the verified load. */
export function compileClosing(pipeline: Pipeline): Record<string, State> {
  return {
    [confirm]: compileLambdaTask({
      comment: 'The load that was verified is still the one in staging',
      function: 'verify-load',
      payload: { ...verifyPayload(pipeline, 'confirm'), ...auditsOf(pipeline), record: RECORD },
      output: confirmedOutput(pipeline),
      next: complete,
    }),
    [complete]: runComplete(pipeline),
  };
}

function verifyPayload(pipeline: Pipeline, phase: 'verify' | 'confirm') {
  return {
    ...identity(pipeline),
    phase,
    stagedTables: pipeline.stagedTables.map(({ table, source, task, minRows, columns, extra }) => ({
      ...{ table, source, task, minRows },
      ...(columns === null
        ? {}
        : { columns: Object.entries(columns).map(([name, type]) => ({ name, type })) }),
      ...(extra === 'fail' ? {} : { extra }),
      ...consumption(pipeline, table),
    })),
    otherTables: pipeline.otherTables,
    target: '{% $states.input.target %}',
  };
}

/** What the warehouse keeps of a run: the durations as text, because the records of many steps are long. */
const RECORD = {
  loadEndedAt: '{% $exists($states.input.loadEndedAt) ? $states.input.loadEndedAt : null %}',
  stagedRows: '{% $states.input.stagedRows %}',
  stepDurations:
    "{% $join($each($states.input.steps, function($record, $step) { $step & '=' & ($exists($record.durationMs) and $not($exists($record.alreadyApplied)) ? $string($round($record.durationMs)) : '') }), ',') %}",
};

/** Steps whose audits are read when all are done, and the tables that hold them; nothing for a pipeline without audits. */
function auditsOf({ name, steps }: Pipeline): { readonly [key: string]: Template } {
  const audited = steps
    .filter(hasAudits)
    .map((step) => ({ step: step.name, auditTable: auditTableName(name, step.name) }));
  return audited.length === 0 ? {} : { audits: audited };
}

/** What the audits have found stands in the output, and what they only warn of among the warnings. */
function confirmedOutput({ steps }: Pipeline): string {
  const warnings = "'warnings': [$append($states.input.warnings, $states.result.Payload.warnings)]";
  const audits = steps.some(hasAudits) ? ", 'audits': [$states.result.Payload.audits]" : '';
  return `{% $merge([$states.input, {${warnings}${audits}}]) %}`;
}

/** The steps that consume a staged table, with their fence tables; nothing for a table that no step consumes. */
function consumption({ name, steps }: Pipeline, table: string): { readonly [key: string]: Template } {
  const consumers = consumersOf(table, steps).map((step) => ({
    step: step.name,
    fenceTable: fenceTableName(name, step.name),
  }));
  return consumers.length === 0 ? {} : { consumedBy: consumers };
}

function identity(pipeline: Pipeline) {
  return {
    contractVersion: CONTRACT_VERSION,
    pipeline: pipeline.name,
    load: '{% $states.input.load %}',
    execution: EXECUTION,
  };
}

function runComplete({ steps }: Pipeline): SucceedState {
  return {
    Type: 'Succeed',
    Comment: 'Every step is done, and recorded in the warehouse',
    Output: {
      ...RUN,
      outcome: 'published',
      stagedRows: '{% $states.input.stagedRows %}',
      warnings: '{% $exists($states.input.warnings) ? $states.input.warnings : [] %}',
      ...(steps.some(hasAudits) ? { audits: '{% $states.input.audits %}' } : {}),
      steps: '{% $states.input.steps %}',
    },
  };
}
