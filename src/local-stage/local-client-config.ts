import { LOCAL_REGION } from '../local/index.ts';

/** For SDK clients that talk to the local endpoint. */
export function localClientConfig(url: string) {
  return {
    endpoint: url,
    region: LOCAL_REGION,
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  };
}
