import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { DatabaseMigrationServiceClient } from '@aws-sdk/client-database-migration-service';
import { PricingClient } from '@aws-sdk/client-pricing';
import { RedshiftDataClient } from '@aws-sdk/client-redshift-data';
import { SFNClient } from '@aws-sdk/client-sfn';
import { STSClient } from '@aws-sdk/client-sts';
import { clientConfigOf } from '../stage/stage-clients.ts';
import type { StagePlace } from '../stage/stage-place.ts';

/** The price list is not in every Region. https://docs.aws.amazon.com/awsaccountbilling/latest/aboutv2/using-price-list-query-api.html */
const PRICE_LIST_REGION = 'us-east-1';

/** Hosts of AWS, in each of its partitions. */
const AWS_HOST = /\.(?:amazonaws\.com(?:\.cn)?|api\.aws|amazonaws\.eu|c2s\.ic\.gov|sc2s\.sgov\.gov)$/;

/** Whether hosts are all AWS’s own. Where nobody was asked, nobody was AWS. */
export function areAws(hosts: readonly string[]): boolean {
  return hosts.length > 0 && hosts.every((host) => AWS_HOST.test(host));
}

export type VerifyClients = ReturnType<typeof createVerifyClients>;

/**
 * The SDK's clients for all that questions ask. They note which hosts they ask: an endpoint may also be named by the environment or by
 * the SDK's own configuration.
 */
export function createVerifyClients(place: StagePlace) {
  const config = clientConfigOf(place);
  const hosts = new Set<string>();
  const clients = {
    api: new RedshiftDataClient(config),
    sfn: new SFNClient(config),
    dms: new DatabaseMigrationServiceClient(config),
    cloudWatch: new CloudWatchClient(config),
    cloudFormation: new CloudFormationClient(config),
    pricing: new PricingClient({ ...config, region: PRICE_LIST_REGION }),
    sts: new STSClient(config),
  };
  for (const { middlewareStack } of Object.values(clients))
    noteHosts(middlewareStack as unknown as Middlewares, hosts);
  return {
    ...clients,
    /** Whether AWS itself was asked, and nobody else. */
    isAws: () => place.endpointUrl === undefined && areAws([...hosts]),
    destroy: () => {
      for (const client of Object.values(clients)) client.destroy();
    },
  };
}

/** As much of a client's middleware as is needed here: each client's own type is for its own commands. */
interface Middlewares {
  add(
    middleware: (next: (args: object) => Promise<never>) => (args: object) => Promise<never>,
    options: { readonly step: 'finalizeRequest'; readonly name: string },
  ): void;
}

function noteHosts(stack: Middlewares, hosts: Set<string>): void {
  const middleware = (next: (args: object) => Promise<never>) => (args: object) => {
    const { request } = args as { readonly request?: { readonly hostname?: string } };
    hosts.add(request?.hostname ?? 'unknown');
    return next(args);
  };
  stack.add(middleware, { step: 'finalizeRequest', name: 'noteHosts' });
}

/** A client that sends nothing once the signal is aborted, and waits for no answer then. */
export function abortable<Client extends { send(command: never, options?: object): unknown }>(
  client: Client,
  signal: AbortSignal,
): Pick<Client, 'send'> {
  const send = (command: never) => {
    signal.throwIfAborted();
    return client.send(command, { abortSignal: signal });
  };
  return { send: send as Client['send'] };
}
