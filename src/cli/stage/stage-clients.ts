import { RedshiftDataClient } from '@aws-sdk/client-redshift-data';
import { SFNClient } from '@aws-sdk/client-sfn';
import { requestHandler } from '../../aws/request-handler.ts';
import { localClientConfig } from '../../local-stage/local-client-config.ts';
import type { StagePlace } from './stage-place.ts';

/** Must exceed the longest long poll, 30 s, by the time an answer takes to travel. */
const REQUEST_TIMEOUT_MS = 40_000;

const LOOPBACK: ReadonlySet<string> = new Set(['127.0.0.1', 'localhost', '[::1]']);

/** Settings of the SDK's clients for a stage. The local endpoint takes any credentials, so that none need to be set up for it. */
export function clientConfigOf({ region, endpointUrl }: StagePlace) {
  const isLocal = endpointUrl !== undefined && LOOPBACK.has(new URL(endpointUrl).hostname);
  return {
    ...(isLocal
      ? localClientConfig(endpointUrl)
      : endpointUrl === undefined
        ? {}
        : { endpoint: endpointUrl }),
    ...(region === undefined ? {} : { region }),
    requestHandler: requestHandler(REQUEST_TIMEOUT_MS),
  };
}

/** The SDK's clients for a stage. */
export function createStageClients(place: StagePlace) {
  const config = clientConfigOf(place);
  const api = new RedshiftDataClient(config);
  const sfn = new SFNClient(config);
  return {
    api,
    sfn,
    destroy: () => {
      api.destroy();
      sfn.destroy();
    },
  };
}
