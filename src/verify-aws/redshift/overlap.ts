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
/** After a holder that took longer than that, nothing else is tried. */
const LONGEST_MS = 60_000;

/** Nobody could wait for it. */
const HOLDS_NOTHING = 'SELECT 1';

/**
 * Lets two transactions meet. Redshift has no statement that sleeps, so the holder inserts rows into a table of its own; how many
 * takes a few tries. One that waited is tried again against a holder that holds nothing: it may have waited in a queue.
 * @param hold what the holder does first @param other what meets it; it must be repeatable
 * @returns undefined where the holder never took long enough, or the warehouse queues one of two transactions
 */
export async function meet(
  world: AskedWorld,
  hold: readonly string[],
  other: readonly string[],
): Promise<Meeting | undefined> {
  const { owner, scratch } = world;
  const busy = await makeBusy(owner, await scratch.schema());
  // The first one also opens a session.
  await owner.must(other);
  const aloneMs = lifeMs(await owner.must(other));
  const waitsForNothing = async (work: string) => {
    const control = await meetOnce(world, [HOLDS_NOTHING, work], other);
    return control !== undefined && judge(aloneMs, control) === 'did-not-wait';
  };
  for (let loops = FIRST_LOOPS, tries = 0; tries < TRIES; tries += 1, loops *= GROWTH) {
    const meeting = await meetOnce(world, [...hold, busy(loops)], other);
    if (meeting === undefined) continue;
    const outcome = judge(aloneMs, meeting);
    if (outcome === 'did-not-wait') return { ...meeting, outcome };
    if (outcome === 'waited' && (await waitsForNothing(busy(loops)))) return { ...meeting, outcome };
    if (lifeMs(meeting.holder) > LONGEST_MS) return undefined;
  }
  return undefined;
}

/** One try. Undefined where the holder ended before the other was submitted. */
async function meetOnce(
  { owner, clock, signal }: AskedWorld,
  hold: readonly string[],
  other: readonly string[],
): Promise<Omit<Meeting, 'outcome'> | undefined> {
  const holderId = await owner.submit(hold);
  const isHolding = await untilHolding(
    hold.length - 1,
    () => owner.describe(holderId),
    () => clock.sleep(LOOK_MS, signal),
  );
  if (!isHolding) {
    await owner.end(holderId);
    return undefined;
  }
  const otherId = await owner.submit(other);
  const [ofOther, holder] = await Promise.all([owner.end(otherId), owner.end(holderId)]);
  return { holder, other: ofOther };
}

function judge(aloneMs: number, { holder, other }: Omit<Meeting, 'outcome'>): MeetingOutcome {
  return judgeMeeting({
    aloneMs,
    otherSubmitted: other.CreatedAt?.getTime() ?? 0,
    otherEnded: other.UpdatedAt?.getTime() ?? 0,
    holderEnded: holder.UpdatedAt?.getTime() ?? 0,
  });
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
