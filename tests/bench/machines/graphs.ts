import { listStates } from '../../../src/compile/machine/asl.ts';
import { compileStateMachine } from '../../../src/compile/machine/state-machine.ts';
import { scheduleSteps } from '../../../src/compile/schedule/schedule-steps.ts';
import { treeDuration } from '../../../src/compile/schedule/step-tree.ts';
import { quantile } from '../../integration/graphs/quantile.ts';
import { randomGraphs, type TimedGraph } from '../../integration/graphs/random-graph.ts';
import { referenceTimes } from '../../integration/graphs/reference-times.ts';
import { pipelineOf } from '../../integration/graphs/run-pipeline.ts';
import { shownNumber } from '../render.ts';
import type { Findings, Subject } from '../subject.ts';

const SEEDS = [1, 2, 3];
const GRAPHS = 1_000;
/** Graphs of each seed whose machines are compiled to count their states. */
const COUNTED = 30;

/** One submission, and one question and its Choice each time a statement ends or 14 minutes are over. */
const DRIVER_STATES = 2;
/** In a branch of its own, a step also waits for its token, and tells those that wait for it. */
const TOKEN_STATES = 2;

interface Outcome {
  readonly graph: TimedGraph;
  readonly compiled: number;
  readonly byLevel: number;
}

function outcomeOf(graph: TimedGraph): Outcome {
  const { criticalPath, levelByLevel } = referenceTimes(graph);
  const seconds = treeDuration(scheduleSteps(graph.steps), (step) => graph.seconds.get(step) ?? 0);
  return { graph, compiled: seconds / criticalPath, byLevel: levelByLevel / criticalPath };
}

/** Transitions of the steps of a graph: each state is passed once, by statements that end within 14 minutes. */
function compiledTransitions({ steps }: TimedGraph): number {
  const frame = 6;
  return listStates(compileStateMachine(pipelineOf(steps))).length - frame;
}

async function measure(): Promise<Findings> {
  const outcomes = SEEDS.flatMap((seed) => [...randomGraphs(seed, GRAPHS)].map(outcomeOf));
  const compiled = outcomes.map((outcome) => outcome.compiled);
  const byLevel = outcomes.map((outcome) => outcome.byLevel);
  const counted = SEEDS.flatMap((seed) => [...randomGraphs(seed, COUNTED)]);
  const steps = counted.reduce((sum, graph) => sum + graph.steps.length, 0);
  const transitions = counted.reduce((sum, graph) => sum + compiledTransitions(graph), 0);
  const row = (name: string, values: readonly number[], perStep: number) => [
    name,
    ...[0.5, 0.95, 1].map((share) => quantile(values, share).toFixed(3)),
    shownNumber(perStep),
  ];
  const ideal = outcomes.map(() => 1);
  return {
    figures: [
      {
        what: 'makespan over the critical path, median',
        ...{ ours: quantile(compiled, 0.5), unit: '×', bar: { most: 1.18 }, kind: 'ratio' },
      },
      {
        what: 'makespan over the critical path, 95 %',
        ...{ ours: quantile(compiled, 0.95), unit: '×', bar: { most: 1.65 }, kind: 'ratio' },
      },
    ],
    tables: [
      {
        title: 'Makespan over the critical path. What is not built is computed, not run',
        columns: ['', 'median', '95 %', 'worst', 'transitions a step'],
        rows: [
          row('**this system**: nested Parallel states', compiled, transitions / steps),
          row('level by level', byLevel, transitions / steps),
          row('a true DAG by a driver loop (not built)', ideal, 2 * DRIVER_STATES),
          row('a true DAG by a branch a step and tokens (not built)', ideal, 4 + TOKEN_STATES),
        ],
      },
    ],
  };
}

export const graphs: Subject = {
  name: 'graphs',
  title: 'Steps that depend on each other',
  about: `Three thousand made-up graphs of 5 to 60 steps with lognormal durations, by their schedule. tests/integration/graphs holds the engine to the schedule.`,
  measure,
};
