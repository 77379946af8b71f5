import { withoutUndefined } from '../../answer-members.ts';
import { AwsError } from '../../aws-error.ts';
import { createBackground } from '../../background.ts';
import { withClient } from '../../warehouse/database-client.ts';
import { INSTANCE_ARN, SOURCE_ENDPOINT_ARN, TARGET_ENDPOINT_ARN } from './describe-task.ts';
import { type FilteredPageRequest, type FilteredPageRules, selectPage } from './filtered-pages.ts';
import { DMS_USER, type RunContext } from './task.ts';

interface TestInput {
  readonly EndpointArn: string;
  readonly ReplicationInstanceArn: string;
}

/** The replication instance's connection with an endpoint, and what its last test said. */
interface Connection {
  readonly endpointArn: string;
  readonly identifier: string;
  readonly database: string;
  status: 'testing' | 'successful' | 'failed';
  failure?: string | undefined;
}

/** The connections of the local stage, which has tested them, as a new stage of one's own has not. */
export interface Connections {
  readonly operations: {
    TestConnection(input: TestInput): Promise<object>;
    DescribeConnections(input: FilteredPageRequest): Promise<object>;
  };
  /** @throws AwsError InvalidResourceStateFault where the last test of an endpoint did not succeed */
  requireSuccessful(): void;
  /** Resolves when no test is under way. */
  idle(): Promise<void>;
}

/**
 * A task starts only where the last test of both endpoints' connections has succeeded.
 * @see https://docs.aws.amazon.com/dms/latest/APIReference/API_TestConnection.html
 */
export function createConnections(context: RunContext): Connections {
  const connections: Connection[] = [
    { endpointArn: SOURCE_ENDPOINT_ARN, identifier: 'localsource', database: 'source', status: 'successful' },
    { endpointArn: TARGET_ENDPOINT_ARN, identifier: 'localtarget', database: 'dev', status: 'successful' },
  ];
  const tests = createBackground(new AbortController().signal);
  const test = (connection: Connection) => {
    connection.status = 'testing';
    tests.start(testConnection(connection, context));
  };
  return {
    operations: {
      async TestConnection({ EndpointArn, ReplicationInstanceArn }) {
        const connection = connections.find(({ endpointArn }) => endpointArn === EndpointArn);
        if (!connection) throw notFound(`Endpoint ${EndpointArn} not found.`);
        if (ReplicationInstanceArn !== INSTANCE_ARN)
          throw notFound(`Replication instance ${ReplicationInstanceArn} not found.`);
        test(connection);
        return { Connection: describeConnection(connection) };
      },
      async DescribeConnections(input) {
        const { items, marker } = selectPage(connections, input, PAGES);
        const page = { Connections: items.map(describeConnection) };
        return marker === undefined ? page : { ...page, Marker: marker };
      },
    },
    requireSuccessful() {
      if (connections.every(({ status }) => status === 'successful')) return;
      throw new AwsError(
        'InvalidResourceStateFault',
        'Test connection for replication instance and endpoint should be successful for starting the replication task',
      );
    },
    idle: tests.idle,
  };
}

async function testConnection(connection: Connection, { warehouse }: RunContext): Promise<void> {
  try {
    const settings = await warehouse.connection(connection.database, DMS_USER);
    await withClient(settings, (client) => client.query('SELECT 1'));
    connection.failure = undefined;
    connection.status = 'successful';
  } catch (error) {
    connection.failure = (error as Error).message;
    connection.status = 'failed';
  }
}

function describeConnection({ endpointArn, identifier, status, failure }: Connection): object {
  return withoutUndefined({
    ReplicationInstanceArn: INSTANCE_ARN,
    ReplicationInstanceIdentifier: 'localinstance',
    EndpointArn: endpointArn,
    EndpointIdentifier: identifier,
    Status: status,
    LastFailureMessage: failure,
  });
}

const PAGES: FilteredPageRules<Connection> = {
  filters: {
    'endpoint-arn': ({ endpointArn }) => [endpointArn],
    'replication-instance-arn': () => [INSTANCE_ARN],
  },
  maxRecords: { low: 20, high: 100 },
};

function notFound(message: string): AwsError {
  return new AwsError('ResourceNotFoundFault', message);
}
