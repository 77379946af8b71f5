/** What the parts of the local AWS promise each other. Types only: every part can be read, tested and replaced alone. */

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };
export type JsonObject = { readonly [key: string]: Json };

/** The account and Region that local ARNs carry; a client may sign for any Region. */
export const LOCAL_ACCOUNT = '000000000000';
export const LOCAL_REGION = 'us-east-1';

/** What an operation knows about the HTTP request that carried it. */
export interface RequestContext {
  readonly requestId: string;
  /** Region of the request's credential scope, e.g. `eu-central-1`. */
  readonly region: string;
  /** Aborted when the client closes the connection before it was answered. */
  readonly signal: AbortSignal;
}

/** One operation of a service. Throws {@link AwsError} for everything a client may get wrong. */
export type Operation = (input: never, context: RequestContext) => Promise<object>;

/** A service the endpoint can serve. */
export interface Service {
  /** As in the AWS CLI: `redshift-data`, `stepfunctions`, … */
  readonly name: string;
  readonly operations: Readonly<Record<string, Operation>>;
  /** JSON services: what stands before the dot in `X-Amz-Target`, and the JSON version of the content type. */
  readonly json?: { readonly targetPrefix: string; readonly version: '1.0' | '1.1' };
  /** Query-protocol services (form-encoded `Action=…`, XML answers): the XML namespace and API version. */
  readonly query?: QueryBinding;
}

export interface QueryBinding {
  readonly namespace: string;
  readonly version: string;
  /** Lists and maps that have no wrapper on the wire: member name to the name of an item, `Attributes: 'Attribute'`. */
  readonly flattened?: Readonly<Record<string, string>>;
  /** Maps that are wrapped, with `entry` items of `key` and `value`. */
  readonly maps?: readonly string[];
  /** Codes of the query protocol that are not the exception's name, `QueueDoesNotExist: 'AWS.SimpleQueueService.…'`. */
  readonly errorCodes?: Readonly<Record<string, string>>;
}

/** One row of the tables that say how much of a service is here, compared with the real one. */
export interface Support {
  readonly operation: string;
  /** Request fields, or a part of the operation, that the row is about; absent when it is about all of it. */
  readonly field?: string;
  /** `partial` and `refused` say in the note what is different. */
  readonly status: 'supported' | 'partial' | 'refused';
  readonly note?: string;
}

/** The default event bus, as services put events on it. Resolves when rules were matched and deliveries were started. */
export interface EventBus {
  publish(event: OutgoingEvent): Promise<void>;
}
export interface OutgoingEvent {
  readonly source: string;
  readonly detailType: string;
  readonly resources: readonly string[];
  readonly detail: JsonObject;
}

/** Puts a message with text attributes on a local queue. @throws AwsError QueueDoesNotExist */
export type SendToQueue = (
  queueArn: string,
  body: string,
  attributes?: Readonly<Record<string, string>>,
) => Promise<void>;

/** A queue as somebody sees it who takes nothing out of it. */
export interface PeekedQueue {
  readonly name: string;
  /** Oldest first, those included that a receiver has hidden. */
  readonly messages: readonly PeekedMessage[];
}
export interface PeekedMessage {
  readonly id: string;
  readonly body: string;
  /** Values of the attributes by name; binary ones in Base64. */
  readonly attributes: Readonly<Record<string, string>>;
  /** Epoch milliseconds. */
  readonly sentAt: number;
  /** How often it was received. */
  readonly receiveCount: number;
}

/** Invokes a local Lambda function and waits for its answer. Used by Step Functions tasks and by event rules. */
export interface FunctionInvoker {
  /** @param functionName name, partial ARN or ARN, with or without a qualifier. @throws AwsError ResourceNotFoundException */
  invoke(functionName: string, payload: string): Promise<FunctionResult>;
}
export interface FunctionResult {
  /** JSON text: the answer, or `{errorType, errorMessage, trace}` when `functionError` is set. */
  readonly payload: string;
  readonly functionError?: 'Unhandled';
  /** Set when the runtime ended without an answer; Step Functions' name for it. */
  readonly failure?: 'Lambda.Unknown' | 'Sandbox.Timedout';
}

/** A Redshift cluster that is really a PostgreSQL server on this machine. */
export interface Warehouse {
  /** Databases that exist: `dev`, `source`. */
  readonly databases: readonly string[];
  /** Opens a session. `user` is `owner`, `runtime` or `dms`; any other name means owner. @throws WarehouseError */
  open(database: string, user: string, settings?: SessionSettings): Promise<Session>;
  /** node-postgres connection settings for bulk work that is not Redshift SQL (COPY between databases). */
  connection(database: string, user: string): Promise<PostgresConnection>;
  /** Resolves with the reason when the server has ended by itself: nothing can be asked of it any more. */
  readonly lost: Promise<Error>;
  /** Ends every session, stops the server and removes its data. */
  close(): Promise<void>;
}
export interface SessionSettings {
  /** Whether every transaction of the session may only read. @default false */
  readonly isReadOnly?: boolean;
  /** A result larger than this ends in an error. @default that of the warehouse */
  readonly maxResultBytes?: number;
}
export interface PostgresConnection {
  readonly host: string;
  readonly port: number;
  readonly database: string;
  readonly user: string;
  readonly password?: string;
}

/** One database session speaking Redshift's dialect. Statements run one after the other. */
export interface Session {
  /** Process id of the backend, as Redshift reports it. */
  readonly pid: number;
  /** Number of the statement that it runs, or ran last, in SYS_QUERY_HISTORY; 0 before the first. */
  readonly queryId: number;
  /**
   * Runs one statement of Redshift SQL. `:name` placeholders are bound from `parameters`: values, never text.
   * Outside {@link begin}, a statement is its own transaction.
   * @throws WarehouseError with Redshift's wording
   */
  execute(sql: string, parameters?: readonly SqlParameter[]): Promise<SqlResult>;
  /** Opens the transaction block of a batch (snapshot isolation, snapshot at the first query). */
  begin(): Promise<void>;
  commit(): Promise<void>;
  rollback(): Promise<void>;
  /** Asks the server to cancel what runs now. The running execute rejects with `cancelled: true`. */
  cancel(): Promise<void>;
  /** Makes the session as good as new: rolls back, drops temporary tables, forgets settings. @throws WarehouseError when it is lost */
  reset(): Promise<void>;
  close(): Promise<void>;
}
export interface SqlParameter {
  readonly name: string;
  readonly value: string;
}
export interface SqlResult {
  /** First words of the statement as Redshift classifies it: `SELECT`, `CALL`, `INSERT`, `CREATE TABLE`, … */
  readonly command: string;
  /** Rows returned or affected; -1 where Redshift has no count (CALL, DDL). */
  readonly rowCount: number;
  /** Absent when the statement returns no result set. */
  readonly columns?: readonly SqlColumn[];
  /** Text form of every value as PostgreSQL prints it, null for NULL; typed by `columns`. */
  readonly rows?: readonly (readonly (string | null)[])[];
}
export interface SqlColumn {
  readonly name: string;
  /** Redshift's type name as the Data API shows it: `int4`, `varchar`, `numeric`, `timestamp`, `bool`, … */
  readonly typeName: string;
  /** Characters or digits; 0 where it has none. */
  readonly precision: number;
  readonly scale: number;
  readonly nullable: boolean;
  readonly schemaName: string;
  readonly tableName: string;
}
