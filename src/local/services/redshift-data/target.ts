import { AwsError } from '../../aws-error.ts';

/** The warehouses that the local Data API knows. */
export interface KnownTargets {
  readonly clusters: readonly string[];
  readonly workgroups: readonly string[];
}

/** Where a statement runs, and as whom. */
export interface WarehouseTarget {
  /** As the request named it; one of the two is set. */
  readonly clusterIdentifier?: string | undefined;
  readonly workgroupName?: string | undefined;
  /** The same for every way to name the same warehouse. */
  readonly key: string;
  readonly database: string;
  readonly dbUser?: string | undefined;
  readonly secretArn?: string | undefined;
  /** The database user that these credentials stand for. */
  readonly user: DatabaseUser;
}

type DatabaseUser = 'owner' | 'runtime' | 'dms';

interface TargetFields {
  readonly ClusterIdentifier?: string | undefined;
  readonly WorkgroupName?: string | undefined;
  readonly Database?: string | undefined;
  readonly DbUser?: string | undefined;
  readonly SecretArn?: string | undefined;
}

/**
 * Checks a request's target. That the database exists is found out when the statement connects, as in AWS.
 * @throws AwsError ValidationException
 */
export function resolveTarget(fields: TargetFields, known: KnownTargets): WarehouseTarget {
  const { ClusterIdentifier: clusterIdentifier, WorkgroupName: workgroupName, Database: database } = fields;
  const key = targetKey(clusterIdentifier, workgroupName, known);
  if (key === undefined) throw invalid('Either ClusterIdentifier or WorkgroupName needs to be specified.');
  if (!database) throw invalid('Database needs to be specified.');
  const { DbUser: dbUser, SecretArn: secretArn } = fields;
  return {
    clusterIdentifier,
    workgroupName,
    key,
    database,
    dbUser,
    secretArn,
    user: userOf(secretArn, dbUser),
  };
}

/**
 * Identity of a cluster or workgroup; undefined when the request names neither.
 * @throws AwsError ValidationException when it names both, or one that does not exist
 */
export function targetKey(
  cluster: string | undefined,
  workgroup: string | undefined,
  known: KnownTargets,
): string | undefined {
  if (cluster !== undefined && workgroup !== undefined) {
    throw invalid('ClusterIdentifier and WorkgroupName cannot be specified together.');
  }
  if (cluster !== undefined) {
    if (known.clusters.includes(cluster)) return `cluster/${cluster}`;
    throw noEndpoint(`the local clusters are ${known.clusters.join(', ')}`);
  }
  if (workgroup !== undefined) return `workgroup/${findWorkgroup(workgroup, known.workgroups)}`;
  return undefined;
}

const WORKGROUP_ARN =
  /^arn:aws(-[a-z]+)*:redshift-serverless:[a-z0-9-]+:\d{12}:workgroup\/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** An ARN names a workgroup by a UUID that nobody knows here: every well-formed one means the first workgroup. */
function findWorkgroup(nameOrArn: string, workgroups: readonly string[]): string {
  const name = WORKGROUP_ARN.test(nameOrArn) ? workgroups[0] : nameOrArn;
  if (name !== undefined && workgroups.includes(name)) return name;
  throw noEndpoint(`the local workgroups are ${workgroups.join(', ')}`);
}

const SECRET_USER = /(?:^|[/_.:-])(owner|runtime|dms)(?:-[A-Za-z0-9]{6})?$/;

/**
 * A secret whose name ends in a user's name (`elt/runtime`, `redshift-dms`; with or without the six characters that
 * Secrets Manager adds) stands for that user, otherwise DbUser counts; whoever is left is the owner.
 */
function userOf(secretArn: string | undefined, dbUser: string | undefined): DatabaseUser {
  const secretUser = secretArn === undefined ? undefined : SECRET_USER.exec(secretArn)?.[1];
  const user = secretUser ?? dbUser;
  return user === 'runtime' || user === 'dms' ? user : 'owner';
}

const invalid = (message: string) => new AwsError('ValidationException', message);
const noEndpoint = (hint: string) =>
  invalid(`Redshift endpoint doesn't exist in this region. (Locally: ${hint}.)`);
