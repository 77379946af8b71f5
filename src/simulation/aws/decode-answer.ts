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
  const decoded: Record<string, unknown> = { ...answer };
  for (const [key, value] of Object.entries(decoded)) {
    if (DATES.has(key)) decoded[key] = new Date(Math.round(Number(value) * 1000));
    else if (NESTED.has(key)) decoded[key] = decodeNested(value);
  }
  return decoded;
}

function decodeNested(value: unknown): unknown {
  return Array.isArray(value) ? value.map(decodeAnswer) : decodeAnswer(value as object);
}
