import type { Clock } from '../clock.ts';
import { LOCAL_ACCOUNT, LOCAL_REGION } from '../local/index.ts';
import { createVirtualClock, type VirtualClock } from '../local/parts.ts';
import { createModelTask, type DmsTask } from './dms/dms-task.ts';
import { createFaults, type Faults } from './faults.ts';
import { createRecord, type WorldRecord } from './judge/record.ts';
import { stagedName, TASK_TABLES } from './plan/pipeline-catalog.ts';
import { planWorld, type WorldPlan } from './plan/world-plan.ts';
import { createRandomStream, type RandomStream } from './random-stream.ts';
import { createModelWarehouse, type ModelWarehouse } from './warehouse/warehouse.ts';
import type { WorldOptions } from './world.ts';

/** What the services of a world stand on. */
export interface Ground {
  readonly plan: WorldPlan;
  /** Epoch milliseconds. */
  readonly beganAt: number;
  readonly clock: WorldClock;
  readonly faults: Faults;
  readonly record: WorldRecord;
  readonly tasks: readonly DmsTask[];
  readonly warehouse: ModelWarehouse;
  /** Chance of its own for each label. */
  chance(label: string): RandomStream;
  createId(): string;
  log(line: string): void;
}

export function createGround({
  seed,
  only,
  log: tell,
  plan = planWorld(seed),
  beginsAt,
}: WorldOptions): Ground {
  const clock = createWholeClock(beginsAt);
  const log = tell === undefined ? () => {} : (line: string) => tell(`${timeOf(clock.now())} ${line}`);
  return {
    plan,
    beganAt: clock.now(),
    clock,
    faults: createFaults({ seed, only, report: log }),
    record: createRecord(log),
    tasks: plan.tasks.map((identifier) =>
      createModelTask(
        arnOf(identifier),
        identifier,
        TASK_TABLES[identifier].map((name) => ({ name, staged: stagedName(identifier, name) })),
      ),
    ),
    warehouse: createModelWarehouse(),
    chance: (label) => createRandomStream(seed, label),
    createId: createIds(),
    log,
  };
}

function timeOf(ms: number): string {
  return new Date(ms).toISOString().slice(5, 23);
}

function arnOf(task: string): string {
  return `arn:aws:dms:${LOCAL_REGION}:${LOCAL_ACCOUNT}:task:${task.replace('-', '').toUpperCase()}`;
}

function createIds(): () => string {
  let last = 0;
  return () => {
    last += 1;
    return `00000000-0000-4000-9000-${String(last).padStart(12, '0')}`;
  };
}

/** A clock whose time stands still while something happens. */
export type WorldClock = Clock & Pick<VirtualClock, 'hold'>;

/**
 * A virtual clock that shows whole milliseconds, as the machine's does, whatever somebody sleeps for.
 * @param startMs epoch milliseconds. @default the virtual clock's own
 */
export function createWholeClock(startMs?: number): WorldClock {
  const clock = createVirtualClock(startMs);
  return {
    now: clock.now,
    sleep: (ms, signal) => clock.sleep(Math.ceil(ms), signal),
    hold: clock.hold,
  };
}
