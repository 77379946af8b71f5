import type { AskedWorld } from '../question.ts';
import type { Described } from '../warehouse.ts';

/** Two transactions at the same time: one that holds on to what it has, and one that meets it. */
export interface Meeting {
  readonly holder: Described;
  readonly other: Described;
  readonly outcome: Exclude<MeetingOutcome, 'too-short'>;
}

/** `waited`: the other ended with the holder. `did-not-wait`: well before it. `too-short`: nothing can be said. */
type MeetingOutcome = 'waited' | 'did-not-wait' | 'too-short';

export interface MeetingMoments {
  /** How long the other takes where nobody is in its way. */
  readonly aloneMs: number;
  readonly otherSubmitted: number;
  readonly otherEnded: number;
  readonly holderEnded: number;
}

/** A statement that waits for nobody may take that many times longer than the one before it, and some. */
const SPREAD = 3;
/** How far apart the Data API may note two ends that were one behind the other. */
const NOTED_MS = 200;

/**
 * What became of a meeting. Only an other that had time enough to end well before the holder, and did not, has waited for it.
 * All moments are of AWS’s clock, milliseconds.
 */
export function judgeMeeting({
  aloneMs,
  otherSubmitted,
  otherEnded,
  holderEnded,
}: MeetingMoments): MeetingOutcome {
  const wellBefore = aloneMs + NOTED_MS;
  if (holderEnded - otherEnded > wellBefore) return 'did-not-wait';
  const longestAlone = aloneMs * SPREAD + NOTED_MS;
  return holderEnded - otherSubmitted > longestAlone + wellBefore ? 'waited' : 'too-short';
}

const TRIES = 5;
const FIRST_LOOPS = 50;
/** The holder of a next try takes so many times longer. */
const GROWTH = 6;

/**
 * Lets two transactions meet. Redshift has no statement that sleeps, so the holder inserts rows into a table of its own; how many
 * takes a few tries.
 * @param hold what the holder does first @param other what meets it; it must be repeatable
 * @returns undefined where the holder never took long enough
 */
export async function meet(
  { owner, scratch, clock, signal }: AskedWorld,
  hold: readonly string[],
  other: readonly string[],
): Promise<Meeting | undefined> {
  const busy = await makeBusy(owner, await scratch.schema());
  // The first one also opens a session.
  await owner.must(other);
  const aloneMs = lifeMs(await owner.must(other));
  for (let loops = FIRST_LOOPS, tries = 0; tries < TRIES; tries += 1, loops *= GROWTH) {
    const holderId = await owner.submit([...hold, busy(loops)]);
    const isHolding = await untilHolding(
      hold.length,
      () => owner.describe(holderId),
      () => clock.sleep(LOOK_MS, signal),
    );
    if (!isHolding) {
      await owner.end(holderId);
      continue;
    }
    const otherId = await owner.submit(other);
    const [ofOther, holder] = await Promise.all([owner.end(otherId), owner.end(holderId)]);
    const outcome = judgeMeeting({
      aloneMs,
      otherSubmitted: ofOther.CreatedAt?.getTime() ?? 0,
      otherEnded: ofOther.UpdatedAt?.getTime() ?? 0,
      holderEnded: holder.UpdatedAt?.getTime() ?? 0,
    });
    if (outcome !== 'too-short') return { holder, other: ofOther, outcome };
  }
  return undefined;
}

const LOOK_MS = 50;

/** Whether the holder has done its first statements, and still works. */
async function untilHolding(
  statements: number,
  describe: () => Promise<Described>,
  pause: () => Promise<void>,
): Promise<boolean> {
  for (;;) {
    const { Status, SubStatements = [] } = await describe();
    if (!['SUBMITTED', 'PICKED', 'STARTED'].includes(Status ?? '')) return false;
    const first = SubStatements.slice(0, statements);
    if (first.length === statements && first.every((part) => part.Status === 'FINISHED')) return true;
    await pause();
  }
}

/** Makes, once, what keeps a transaction busy. @returns the statement that does it so many times */
async function makeBusy(owner: AskedWorld['owner'], schema: string): Promise<(loops: number) => string> {
  await owner.must([`CREATE TABLE IF NOT EXISTS ${schema}.busy (n integer)`]);
  await owner.must([
    `CREATE OR REPLACE PROCEDURE ${schema}.sp_busy(loops integer) AS $$
DECLARE
  n integer := 0;
BEGIN
  WHILE n < loops LOOP
    INSERT INTO ${schema}.busy VALUES (n);
    n := n + 1;
  END LOOP;
END;
$$ LANGUAGE plpgsql`,
  ]);
  return (loops) => `CALL ${schema}.sp_busy(${loops})`;
}

/** Milliseconds from the submission of a statement to its end. */
function lifeMs({ CreatedAt, UpdatedAt }: Described): number {
  return (UpdatedAt?.getTime() ?? 0) - (CreatedAt?.getTime() ?? 0);
}
