import type { Endpoint } from '@aws-sdk/client-database-migration-service';
import type { Target } from '../../../data-api/target.ts';
import type { FindingOf } from '../../finding.ts';

/** A task's target endpoint. */
export interface TargetEndpoint {
  readonly task: string;
  readonly endpoint: Endpoint;
}

/** The user that an endpoint logs in as; undefined where a secret holds it, or DMS does not show it. */
export function userOf({ Username: user, RedshiftSettings: redshift }: Endpoint): string | undefined {
  return user ?? redshift?.Username ?? undefined;
}

/** Endpoints that do not lead to the stage's warehouse, or as another user than the one whose grants migrations make. */
export function judgeEndpoints(
  endpoints: readonly TargetEndpoint[],
  dmsUser: string,
  target: Target,
): readonly FindingOf[] {
  return endpoints.flatMap(({ task, endpoint }) => {
    const { EndpointArn: arn = '', EngineName: engine, RedshiftSettings: redshift } = endpoint;
    const where = { task, object: arn };
    if (engine !== undefined && !engine.startsWith('redshift')) return [otherEngine(where, engine)];
    const database = endpoint.DatabaseName ?? redshift?.DatabaseName ?? target.database;
    return [
      ...judgeUser(where, endpoint, dmsUser),
      ...(database === target.database ? [] : [otherDatabase(where, database, target.database)]),
      ...judgeServer(where, endpoint.ServerName ?? redshift?.ServerName, target),
    ];
  });
}

type Where = FindingOf['where'];

function otherEngine(where: Where, engine: string): FindingOf {
  return {
    ...{ id: 'endpoint-engine', severity: 'problem', where },
    what: `The target endpoint ${where.object} is of the engine ${engine}.`,
    consequence: 'The task does not load into Redshift: no staged table is filled.',
    repair: 'Name a task under dmsTasks in serverless.yml whose target endpoint is the stage’s Redshift.',
  };
}

function judgeUser(where: Where, endpoint: Endpoint, dmsUser: string): readonly FindingOf[] {
  const user = userOf(endpoint);
  if (user === dmsUser) return [];
  const hasSecret = (endpoint.RedshiftSettings?.SecretsManagerSecretId ?? '') !== '';
  if (user === undefined)
    return hasSecret
      ? [
          {
            ...{ id: 'endpoint-secret', severity: 'uncertain', where },
            what: `The target endpoint ${where.object} takes its user from a secret, which the check does not read.`,
            consequence: `The grants of user ${dmsUser} were looked at. If the secret holds another one, its grants are not known.`,
            repair: 'Name the user of the secret with --dms-user, here and for npm run migrate.',
          },
        ]
      : [];
  return [
    {
      ...{ id: 'endpoint-user', severity: 'warning', where: { ...where, user } },
      what: `The target endpoint ${where.object} logs in as ${user}, and migrations grant DMS’s rights to ${dmsUser}.`,
      consequence: `The rights of ${user} were looked at: they do not come from sql/migrations.`,
      repair: `Pass --dms-user ${user} here and to npm run migrate, or aws dms modify-endpoint --endpoint-arn ${where.object} --username ${dmsUser}`,
    },
  ];
}

function otherDatabase(where: Where, found: string, wanted: string): FindingOf {
  return {
    ...{ id: 'endpoint-database', severity: 'problem', where },
    what: `The target endpoint ${where.object} loads into the database ${found}, and the stage runs in ${wanted}.`,
    consequence: 'The staged tables of the stage are not filled.',
    repair: `aws dms modify-endpoint --endpoint-arn ${where.object} --database-name ${wanted}`,
  };
}

/** `NAME.….redshift.amazonaws.com`, `NAME.ACCOUNT.REGION.redshift-serverless.amazonaws.com`. Of another address nobody knows where it leads. */
const REDSHIFT_SERVER = /^([a-z0-9-]+)\..*\.redshift(?:-serverless)?\.amazonaws\.com/;

function judgeServer(where: Where, server: string | undefined, target: Target): readonly FindingOf[] {
  const [, found] = REDSHIFT_SERVER.exec(server ?? '') ?? [];
  const wanted = 'clusterIdentifier' in target ? target.clusterIdentifier : target.workgroupName;
  const name = wanted?.slice(wanted.lastIndexOf('/') + 1);
  // The end of a workgroup's ARN is no name.
  if (found === undefined || wanted?.includes(':') || found === name) return [];
  return [
    {
      ...{ id: 'endpoint-server', severity: 'problem', where },
      what: `The target endpoint ${where.object} loads into ${server}, and the stage runs in ${name}.`,
      consequence: 'The staged tables of the stage are not filled.',
      repair: `aws dms modify-endpoint --endpoint-arn ${where.object} --server-name SERVER-OF-${name}`,
    },
  ];
}
