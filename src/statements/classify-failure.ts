import type { FailureClass } from '../definition/failure-class.ts';

/**
 * What a SQL error says about its cause, first match first. Redshift's texts: error codes 1023 and 1018, the workload
 * manager's and the leader node's messages; PostgreSQL's where the two agree.
 * https://docs.aws.amazon.com/redshift/latest/dg/c_serial_isolation.html
 */
const PATTERNS: readonly (readonly [FailureClass, RegExp])[] = [
  [
    'conflict',
    /\b1023\b|serializable isolation violation|conflict with concurrent transaction|could not serialize|deadlock detected/i,
  ],
  ['conflict', /\b1018\b[\s\S]*relation/i],
  ['cancelled', /cancel(?:l?ed|ing) (?:on|statement due to) user(?:'s)? request|query was cancelled/i],
  [
    'resource',
    /\bwlm\b|disk full|no space left|out of memory|insufficient memory|statement timeout|too many connections|exceeds? (?:the )?limit on/i,
  ],
  [
    'ambiguous',
    /connection (?:to .{1,80} )?(?:was |has been )?(?:lost|closed|reset|terminated|failure)|terminating connection|server closed the connection|node failure|cluster (?:is|was) (?:being )?(?:restart|reboot|maintenance)/i,
  ],
  ['throttled', /throttl|rate exceeded/i],
  ['permission', /permission denied|must be (?:the )?owner|not authorized/i],
  ['missing-object', /does not exist|not found in schema/i],
];

/** The class of a statement's failure. A text that says nothing known is `other`. */
export function classifyFailure(error: string): FailureClass {
  return PATTERNS.find(([, pattern]) => pattern.test(error))?.[0] ?? 'other';
}
