import type { FailureClass } from '../../steps/failure-class.ts';
import type { ErrorText } from './error-text.ts';

/** A known message. It is compared as a whole, never by single words. */
export interface FailureRule {
  readonly failure: FailureClass;
  /** The whole head. */
  readonly head: RegExp;
  /** Where the message must come from. Absent for messages that no procedure would raise. */
  readonly speaker?: ErrorText['speaker'];
  /** What the detail must contain, if the head alone is not enough. */
  readonly detail?: RegExp;
}

type Rest = Omit<FailureRule, 'failure' | 'head'>;

const known = (failure: FailureClass, heads: readonly string[], rest: Rest = {}): readonly FailureRule[] =>
  heads.map((head) => ({ failure, head: new RegExp(`^(?:${head})\\.?$`), ...rest }));

const raw = String.raw;
const NAME = raw`(?:"[^"]+"|[\w.$]+)`;
const RELATION = '(?:external )?(?:relation|table|view|materialized view|schema|database|sequence)';
const OTHER_OBJECT = '(?:function|procedure|language|library|column|datashare|model|type|user|group|role)';
const OBJECT = `(?:${RELATION}|${OTHER_OBJECT})`;

/** https://docs.aws.amazon.com/redshift/latest/dg/c_serial_isolation.html, and what changes a relation under a query. */
const CONFLICTS: readonly FailureRule[] = [
  ...known('conflict', ['1023'], {
    detail: /^\s*(?:$|(?:DETAIL|Details?):\s*Serializable isolation violation)/,
  }),
  ...known('conflict', ['1018'], { detail: /^\s*(?:$|(?:DETAIL|Details?):\s*Relation does not exist)/ }),
  ...known('conflict', [
    raw`(?:1023 )?Serializable isolation violation on table(?: - \d+,.*)?`,
    'could not complete because of conflict with concurrent transaction',
    'could not serialize access due to (?:concurrent (?:update|delete)|read/write dependencies among transactions)',
    'deadlock detected',
    raw`(?:could not|cannot) open relation with (?:OID|oid) \d+`,
    raw`[Rr]elation with OID \d+ does not exist`,
    raw`table \d+ dropped by concurrent transaction`,
    raw`cache lookup failed for (?:relation|type|attribute|constraint) \d+`,
    raw`could not find tuple for (?:relation|type|attribute|constraint) \d+`,
    'tuple concurrently (?:updated|deleted)',
  ]),
];

/** https://repost.aws/knowledge-center/redshift-query-abort */
const ENDED_BY_SOMEBODY: readonly FailureRule[] = [
  ...known('limit', [
    raw`Query \(\d+\) cancell?ed by WLM abort action of Query Monitoring Rule "[^"]*"`,
    'cancell?ing statement due to statement timeout',
  ]),
  ...known('cancelled', [
    raw`Query (?:\(\d+\) )?cancell?ed on user's request`,
    'cancell?ing statement due to user request',
  ]),
];

/** Memory, disk and S3, of COPY and Spectrum too; https://docs.aws.amazon.com/redshift/latest/dg/c-spectrum-troubleshooting.html */
const RESOURCES: readonly FailureRule[] = [
  ...known('resource', ['abort query'], { detail: /^\s*context:\s+system requested abort\s*$/m }),
  ...known('resource', [
    'Disk Full',
    '[Oo]ut of [Mm]emory',
    raw`S3ServiceException:.*,Status 5\d\d,Error \w+\b.*`,
    raw`S3ServiceException:.*,Error (?:SlowDown|InternalError|ServiceUnavailable|RequestTimeout)\b.*`,
    'S3CurlException: .*',
    'AwsClientException: - Failed to perform AWS request, curlError=.*',
    raw`S3 Query Exception \((?:Fetch|Execute)\)`,
    'S3Query Exception Connection failed, retries exceeded',
    'Spectrum Scan Error: (?:Retries exceeded|Access throttled).*',
  ]),
];

/** https://jdbc.postgresql.org, from which Redshift's driver and so the Data API have their words */
const CONNECTIONS: readonly FailureRule[] = [
  ...known('unavailable', [
    raw`Connection to \S+ refused\. Check that the hostname and port are correct .*`,
    'The connection attempt failed',
    'the database system is (?:starting up|shutting down|in recovery mode)',
    'sorry, too many clients already',
  ]),
  ...known(
    'unavailable',
    [
      raw`connection limit "?\d+"? exceeded for .*`,
      'too many connections .*',
      'remaining connection slots are reserved .*',
    ],
    { speaker: 'session' },
  ),
  ...known(
    'unavailable',
    [
      raw`Connection refused\b.*`,
      raw`(?:[Cc]onnect(?:ion)?|Operation) timed out\b.*`,
      raw`Error setting/closing connection: (?:Connection (?:timed out|refused)|UnknownHostException)\b.*`,
      'could not connect to server: .*',
      'could not translate host name ".*" to address: .*',
    ],
    { speaker: 'driver' },
  ),
  ...known('login', ['password authentication failed for user "[^"]*"']),
  ...known('ambiguous', [
    'An I/O error occurred while (?:sending to the backend|communicating with the server)',
    'This connection has been closed',
    'SSL connection has been closed unexpectedly',
    'terminating connection due to administrator command',
    'terminating connection because of crash of another server process',
    // For a session that was to be restored elsewhere while a workgroup resumes. Another attempt works.
    'Query cancell?ed',
  ]),
  ...known(
    'ambiguous',
    [
      raw`Connection (?:reset|closed)\b.*`,
      raw`Broken ?[Pp]ipe\b.*`,
      'SSL SYSCALL error: .*',
      raw`(?:The )?[Ss]erver closed (?:the )?connection\b.*`,
      'The read operation timed out|Read timed out|(?:unexpected )?EOF',
      'Error setting/closing connection: Not Connected',
    ],
    { speaker: 'driver' },
  ),
  ...known('throttled', [raw`ThrottlingException\b.*`, 'Rate exceeded'], { speaker: 'driver' }),
];

/** Failures that another attempt cannot repair. */
const PERSONS: readonly FailureRule[] = [
  ...known('permission', [
    `permission denied for ${OBJECT} ${NAME}`,
    `must be (?:the )?owner of ${OBJECT} ${NAME}`,
    raw`User arn:\S+ is not authorized to assume IAM Role .*`,
    raw`S3ServiceException:.*,Status 403,Error \w+\b.*`,
  ]),
  ...known('missing-object', [
    `${OBJECT} ${NAME} does not exist(?: in ${NAME})?`,
    `column ${NAME} of relation ${NAME} does not exist`,
    raw`(?:procedure|function) ${NAME}\([^)]*\) does not exist`,
    raw`(?:Problem reading manifest file - )?S3ServiceException:.*,Status 404\b.*`,
  ]),
];

/** All known messages. The first rule that fits counts. */
export const FAILURE_RULES: readonly FailureRule[] = [
  ...CONFLICTS,
  ...ENDED_BY_SOMEBODY,
  ...RESOURCES,
  ...CONNECTIONS,
  ...PERSONS,
];
