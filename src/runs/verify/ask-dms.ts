import { type Admission, untilAdmitted } from '../../aws-errors/until-admitted.ts';
import type { Dms } from '../../loads/describe-task.ts';
import type { FinishedTask } from '../../loads/judge-tables.ts';
import { listTableStates } from '../../loads/table-statistics.ts';
import { describeTaskSettings } from '../../loads/task-settings.ts';
import { assertSameLoad, type KnownLoad } from '../same-load.ts';

type AskedLoad = KnownLoad & { readonly tasks: readonly { readonly identifier: string }[] };

/**
 * What DMS says of each task, asked at the same time. The load was finished when the run was started, and a task never returns to an
 * earlier load. So what is read here belongs to the load if the load is still the same in the end.
 * @throws as {@link assertSameLoad}, which says more than any other error
 */
export async function askDms(dms: Dms, load: AskedLoad) {
  const [loads, states, settings] = await Promise.allSettled([
    assertSameLoad(dms, load),
    Promise.all(load.tasks.map(({ arn }) => listTableStates(dms, arn))),
    Promise.all(load.tasks.map(({ arn }) => describeTaskSettings(dms, arn))),
  ]);
  const finished = answerOf(loads);
  const tables = answerOf(states);
  const tasks: readonly FinishedTask[] = finished.map((one, index) => ({
    identifier: load.tasks[index]?.identifier ?? '',
    load: one,
    tables: tables[index] ?? [],
  }));
  return { loads: finished, tasks, settings: answerOf(settings) };
}

/** What an invocation needs behind its questions to DMS: Redshift is asked for longer. */
const RESERVE_MS = 60_000;

/** DMS as it answers whoever waits: an account has eight calls a second for all of its runs. */
export function patientDms(dms: Dms, admission: Admission): Dms {
  const send = (command: never) => untilAdmitted(admission, RESERVE_MS, () => dms.send(command));
  return { send: send as Dms['send'] };
}

function answerOf<Value>(settled: PromiseSettledResult<Value>): Value {
  if (settled.status === 'rejected') throw settled.reason;
  return settled.value;
}
