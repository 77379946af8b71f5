import {
  type CloudWatchLogsClient,
  type FilteredLogEvent,
  FilterLogEventsCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import * as z from 'zod';
import { awsErrorName } from '../../../aws-errors/transient-error.ts';
import type { FindingOf } from '../../finding.ts';

/** What the log of sweep-loads tells of its last invocations. */
export interface SweepLog {
  readonly logGroup: string;
  /** Milliseconds since the epoch; absent where it has told nothing in the time that was looked at. */
  readonly lastAt?: number;
  /** What the last one said that failed, in words; none where it went well. */
  readonly failures: readonly string[];
}

/** Hours of the log that are read. */
const HOURS = 6;
const HOUR_MS = 3_600_000;
/** The sweep runs every 15 minutes. */
const SILENT_MS = HOUR_MS;
/** Pages that are read at most; each has up to 10,000 events. */
const MOST_PAGES = 20;

/** What the function writes at the end of each sweep; an error and a timeout have other words. */
const SweptSchema = z.object({
  message: z.string(),
  level: z.string().optional(),
  runs: z.array(z.object({ pipeline: z.string(), reason: z.string().optional() })).optional(),
  failed: z.array(z.string()).optional(),
});

/** Reads what the last sweep has logged. */
export async function readSweepLog(
  logs: Pick<CloudWatchLogsClient, 'send'>,
  logGroup: string,
  now: number,
): Promise<SweepLog> {
  const events: FilteredLogEvent[] = [];
  let nextToken: string | undefined;
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const answer = await readPage(logs, logGroup, { startTime: now - HOURS * HOUR_MS, nextToken });
    events.push(...(answer.events ?? []));
    nextToken = answer.nextToken;
    if (nextToken === undefined) break;
  }
  const last = events.toSorted((one, other) => (other.timestamp ?? 0) - (one.timestamp ?? 0))[0];
  if (last === undefined) return { logGroup, failures: [] };
  return { logGroup, lastAt: last.timestamp ?? 0, failures: failuresOf(last.message ?? '') };
}

/** A function that never ran has no log. */
async function readPage(
  logs: Pick<CloudWatchLogsClient, 'send'>,
  logGroupName: string,
  page: { readonly startTime: number; readonly nextToken: string | undefined },
): Promise<{ readonly events?: FilteredLogEvent[] | undefined; readonly nextToken?: string | undefined }> {
  const filterPattern = '?swept ?ERROR ?"Task timed out"';
  try {
    return await logs.send(new FilterLogEventsCommand({ logGroupName, filterPattern, ...page }));
  } catch (error) {
    if (awsErrorName(error) === 'ResourceNotFoundException') return {};
    throw error;
  }
}

function failuresOf(message: string): readonly string[] {
  const parsed = SweptSchema.safeParse(parseLine(message));
  if (!parsed.success) return [message.trim()];
  const { level, message: said, failed = [], runs = [] } = parsed.data;
  if (level === 'ERROR' || said !== 'swept') return [said];
  return failed.map(
    (pipeline) =>
      `${pipeline}: ${runs.findLast((run) => run.pipeline === pipeline)?.reason ?? 'could not be swept'}`,
  );
}

function parseLine(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

/** Whether the last sweep went well, and was not long ago. @param rule the rule that starts it */
export function judgeSweepLog({ logGroup, lastAt, failures }: SweepLog, now: number): readonly FindingOf[] {
  const where = { object: logGroup };
  const repair = `aws logs tail ${logGroup} --since ${HOURS}h`;
  if (lastAt === undefined || now - lastAt > SILENT_MS)
    return [
      {
        ...{ id: 'sweep-silent', severity: 'warning', where },
        what:
          lastAt === undefined
            ? `No sweep has ended in the last ${HOURS} hours.`
            : `The last sweep ended at ${new Date(lastAt).toISOString()}, and there should be one every 15 minutes.`,
        consequence: 'A load whose event is lost has no run, and nobody notices.',
        repair,
      },
    ];
  return failures.map((failure) => ({
    ...{ id: 'sweep-failed', severity: 'warning' as const, where },
    what: `The last sweep has failed: ${failure}`,
    consequence: 'A load whose event is lost has no run until a sweep succeeds.',
    repair,
  }));
}
