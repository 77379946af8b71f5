import { type Deadline, WEEKDAYS } from '../../../src/definition/deadline/deadline.ts';
import { deadlineOn } from '../../../src/definition/deadline/deadline-days.ts';
import { addDays } from '../../../src/definition/deadline/local-time.ts';
import { definePipeline } from '../../../src/definition/define-pipeline.ts';
import type { Pipeline } from '../../../src/definition/pipeline.ts';
import type { FaultKind } from '../../../src/simulation/faults.ts';
import { DAY_MS, type PlannedLoad, type WorldPlan } from '../../../src/simulation/plan/world-plan.ts';
import { createRandomStream } from '../../../src/simulation/random-stream.ts';

const MINUTE_MS = 60_000;

/** Steps as short as those of a night. */
const STEPS = {
  Load_Dim: { call: 'mart.sp_dim' },
  Load_Fact: { call: 'mart.sp_fact', after: ['Load_Dim'] },
} as const;

const table = (task: 'task-a' | 'task-b' | 'task-c', source: string) => ({
  ...{ table: `staging.${source}_${task.replace('task-', '')}`, source: `source.${source}`, task },
});

/** At 02:30 there is a day without that time, and a day that has it twice. */
export const BERLIN = definePipeline({
  name: 'night-berlin',
  tasks: ['task-a'],
  stagedTables: [table('task-a', 'sales'), table('task-a', 'customers'), table('task-a', 'stock')],
  deadline: { at: '02:30', timezone: 'Europe/Berlin', warnMinutes: 20 },
  steps: STEPS,
});

export const NEW_YORK = definePipeline({
  name: 'night-york',
  tasks: ['task-b'],
  stagedTables: [table('task-b', 'sales'), table('task-b', 'customers'), table('task-b', 'stock')],
  deadline: { at: '01:30', timezone: 'America/New_York', days: 'MON-FRI', warnMinutes: 30 },
  steps: STEPS,
});

/** Its clocks change by half an hour, and its load is that of two tasks. */
export const LORD_HOWE = definePipeline({
  name: 'night-howe',
  tasks: ['task-a', 'task-c'],
  stagedTables: [table('task-a', 'sales'), table('task-c', 'orders'), table('task-c', 'items')],
  otherTables: 'ignore',
  deadline: { at: '14:00', timezone: 'Australia/Lord_Howe', warnMinutes: 15 },
  steps: STEPS,
});

export const NIGHTS: readonly Pipeline[] = [BERLIN, NEW_YORK, LORD_HOWE];

/** What goes wrong by itself or by people. AWS works: nothing is lost, late or killed. */
const TROUBLES: readonly FaultKind[] = [
  ...(['sql-failure', 'load-failed', 'load-stopped', 'table-error', 'slow-statement'] as const),
  ...(['run-stopped', 'run-redriven-late', 'pipeline-held', 'load-rerun', 'run-continued'] as const),
  ...(['load-doubled', 'run-overtaken'] as const),
];
/** The faults of these kinds. */
export const ONLY_TROUBLES = {
  has: (id: string) => TROUBLES.some((kind) => id.startsWith(`${kind}#`)),
} as ReadonlySet<string>;

const TASKS = [
  ['task-a', BERLIN.deadline, 0],
  ['task-b', NEW_YORK.deadline, 0],
  ['task-c', BERLIN.deadline, 40],
] as const;

/** How many minutes before its deadline the load of a night is started: in time, narrowly, too late, or not at all. */
const STARTS = [150, 120, 100, 75, 60, 45, 30, 22, 20, 18, 17, 16, 15, 14, 10, -5, undefined] as const;

/** Nights of all tasks, from a day on. */
export function planNights(from: string, nights: number, seed: number): WorldPlan {
  const beginsAt = Date.parse(`${from}T00:00Z`);
  const random = createRandomStream(seed, 'nights');
  const loads = TASKS.flatMap(([task, deadline, laterMinutes]) =>
    Array.from({ length: nights }, (_, night): readonly PlannedLoad[] => {
      const due =
        deadlineOn({ ...(deadline as Deadline), days: WEEKDAYS }, addDays(from, night + 1))?.at ?? 0;
      const minutes = random.pick(STARTS);
      if (minutes === undefined) return [];
      return [{ task, at: due - beginsAt - (minutes - laterMinutes) * MINUTE_MS + random.whole(0, 300_000) }];
    }).flat(),
  );
  return {
    ...{ seed, tasks: ['task-a', 'task-b', 'task-c'], pipelines: NIGHTS, oldLoads: [] },
    loads: loads.toSorted((a, b) => a.at - b.at),
    disturbedMs: (nights + 2) * DAY_MS,
  };
}
