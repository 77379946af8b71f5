/** Members that carry timestamps: epoch seconds on the wire, dates for those who use the SDK. */
const DATES = new Set([
  'CreatedAt',
  'creationDate',
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

/** An answer as the SDK's client gives it: its own timestamps have become dates. */
export function decodeAnswer(answer: object): object {
  const members = answer as Record<string, unknown>;
  for (const key in members) {
    if (DATES.has(key)) members[key] = new Date(Math.round(Number(members[key]) * 1000));
    else if (NESTED.has(key)) decodeNested(members[key] as object);
  }
  return answer;
}

function decodeNested(value: object): void {
  if (Array.isArray(value)) value.forEach(decodeAnswer);
  else decodeAnswer(value);
}
