/** Members that carry timestamps: epoch seconds on the wire, dates for those who use the SDK. */
const DATES = new Set([
  'CreatedAt',
  'startDate',
  'stopDate',
  'redriveDate',
  'FreshStartDate',
  'StartDate',
  'StopDate',
  'FullLoadStartDate',
  'FullLoadEndTime',
]);

/** Members that hold others with timestamps. */
const NESTED = new Set([
  'Statements',
  'executions',
  'ReplicationTasks',
  'ReplicationTaskStats',
  'TableStatistics',
]);

/** An answer as the SDK's client gives it. */
export function decodeAnswer(answer: object): object {
  const decoded = { ...answer } as Record<string, unknown>;
  for (const key in decoded) {
    if (DATES.has(key)) decoded[key] = new Date(Math.round(Number(decoded[key]) * 1000));
    else if (NESTED.has(key)) decoded[key] = decodeNested(decoded[key]);
  }
  return decoded;
}

function decodeNested(value: unknown): unknown {
  return Array.isArray(value) ? value.map(decodeAnswer) : decodeAnswer(value as object);
}
