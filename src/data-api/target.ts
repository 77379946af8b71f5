import * as z from 'zod';
import { arnPattern } from '../arn.ts';
import { findFaults } from '../zod-issues.ts';

/**
 * Names that need no quotes in an IAM resource: `*` and `?` would be wildcards there.
 * https://docs.aws.amazon.com/redshift/latest/APIReference/API_GetClusterCredentials.html
 */
const name = (what: string) =>
  z
    .string()
    .regex(/^[A-Za-z_][A-Za-z0-9_+.@-]*$/, `must be ${what}: letters, digits and _ + . @ -, a letter first`)
    .max(127, `must be ${what}: 127 characters at most`);

const database = name('the name of a database');
const clusterIdentifier = z
  .string()
  .regex(
    /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/,
    'must be a cluster identifier: lower-case letters, digits, single hyphens',
  )
  .max(63);
const workgroupName = z
  .string()
  .regex(/^[a-z0-9-]{3,64}$/, 'must be a workgroup name: 3 to 64 lower-case letters, digits, hyphens');
const secretArn = z
  .string()
  .regex(
    arnPattern('secretsmanager', 'secret:[A-Za-z0-9/_+=.@!-]+-[A-Za-z0-9]{6}'),
    'must be the ARN of a Secrets Manager secret, without wildcards, and with the hyphen and six characters at its end',
  );
const dbUser = name('a database user');

/**
 * Where statements run and as whom: a provisioned cluster (with a secret, a database user, or IAM) or a
 * serverless workgroup (with a secret, or IAM). One value of this union is one valid way to call the Data API.
 */
export const TargetSchema = z.union(
  [
    z.strictObject({ clusterIdentifier, database, secretArn }),
    z.strictObject({ clusterIdentifier, database, dbUser }),
    z.strictObject({ clusterIdentifier, database }),
    z.strictObject({ workgroupName, database, secretArn }),
    z.strictObject({ workgroupName, database }),
  ],
  {
    error:
      'must be {clusterIdentifier, database} with secretArn, dbUser or neither (IAM), or {workgroupName, database} with secretArn or without (IAM)',
  },
);
export type Target = z.infer<typeof TargetSchema>;

/** What a target is made of, not yet checked. */
export interface TargetParts {
  readonly clusterIdentifier?: string | undefined;
  readonly workgroupName?: string | undefined;
  readonly database?: string | undefined;
  readonly secretArn?: string | undefined;
  readonly dbUser?: string | undefined;
}

/** What keeps parts from being a target. */
export interface TargetFault {
  readonly part: string;
  readonly reason: string;
  /** Makes the fault for two parts that exclude each other. */
  readonly isContradiction: boolean;
}

/** The first fault of the parts, in words for the person who wrote them; undefined when they are valid. */
export function findTargetFault(parts: TargetParts): TargetFault | undefined {
  const { clusterIdentifier, workgroupName, secretArn, dbUser } = parts;
  if (clusterIdentifier !== undefined && workgroupName !== undefined)
    return contradiction('workgroupName', 'cannot be set together with clusterIdentifier');
  if (secretArn !== undefined && dbUser !== undefined)
    return contradiction('dbUser', 'cannot be set together with secretArn, which holds the user');
  if (workgroupName !== undefined && dbUser !== undefined)
    return contradiction(
      'dbUser',
      'cannot be set for a workgroup: its user is in secretArn, or comes from IAM',
    );
  const given = Object.fromEntries(Object.entries(parts).filter(([, value]) => value !== undefined));
  const [fault] = TargetSchema.safeParse(given).error?.issues.flatMap(findFaults) ?? [];
  if (fault === undefined) return undefined;
  return { part: String(fault.path[0] ?? 'clusterIdentifier'), reason: fault.reason, isContradiction: false };
}

function contradiction(part: string, reason: string): TargetFault {
  return { part, reason, isContradiction: true };
}

/** The target as the Data API's request members. */
export interface TargetRequest {
  readonly ClusterIdentifier?: string;
  readonly WorkgroupName?: string;
  readonly Database: string;
  readonly SecretArn?: string;
  readonly DbUser?: string;
}

export function toTargetRequest(target: Target): TargetRequest {
  return {
    ...('clusterIdentifier' in target
      ? { ClusterIdentifier: target.clusterIdentifier }
      : { WorkgroupName: target.workgroupName }),
    Database: target.database,
    ...('secretArn' in target ? { SecretArn: target.secretArn } : {}),
    ...('dbUser' in target ? { DbUser: target.dbUser } : {}),
  };
}
