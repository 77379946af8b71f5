import { type DataApi, type Description, describeStatement, LOST } from '../../data-api/describe.ts';
import type { Run } from '../../run-history/run.ts';

/** The Data API knows a statement for 24 hours. */
const KNOWN_MS = 24 * 3_600_000;

/**
 * Statements whose end the history does not say, because the step failed or still runs, by ID. Nothing where the Data API has
 * forgotten them.
 * @throws RedshiftUnavailable, InvalidConfig
 */
export async function describeUnfinished(
  api: DataApi,
  { steps, endedAt }: Run,
  now: number,
): Promise<ReadonlyMap<string, Description>> {
  if (endedAt !== undefined && now - endedAt > KNOWN_MS) return new Map();
  const ids = steps
    .filter(({ state }) => state !== 'done' && state !== 'not-started')
    .flatMap(({ statementId }) => statementId ?? []);
  const descriptions = await Promise.all(ids.map((id) => describeStatement(api, id)));
  return new Map(descriptions.filter(({ status }) => status !== LOST).map((known) => [known.id, known]));
}
