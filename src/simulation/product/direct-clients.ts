import { AwsError } from '../../local/parts.ts';
import type { Clients } from './functions.ts';

/** Makes a call of the API by its name. Answers as on the wire. @throws AwsError */
export type ApiCall = (name: string, input: object) => Promise<object>;

/** Stands for all of the SDK's clients: what they `send` goes to the models at once. */
export function createDirectClients(call: ApiCall): Clients {
  const send = async (command: {
    readonly input: object;
    readonly constructor: { readonly name: string };
  }) => {
    const name = command.constructor.name.replace(/Command$/, '');
    try {
      return decodeAnswer(await call(name, command.input));
    } catch (error) {
      throw error instanceof AwsError ? sdkError(error) : error;
    }
  };
  const client = { send } as unknown;
  return {
    api: client as Clients['api'],
    dms: client as Clients['dms'],
    sfn: client as Clients['sfn'],
    sns: client as Clients['sns'],
  };
}

function sdkError(error: AwsError): AwsError {
  return Object.assign(error, { $metadata: { httpStatusCode: error.status } });
}

/** Members that carry timestamps: epoch seconds on the wire, dates for those who use the SDK. */
const DATES = new Set([
  'CreatedAt',
  'UpdatedAt',
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
function decodeAnswer(answer: object): object {
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
