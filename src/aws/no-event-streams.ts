import { InvalidConfig } from '../errors/errors.ts';

/**
 * In bundles it takes the place of the SDK's reader for streams of events, which only other services send.
 * @throws InvalidConfig
 */
export function eventStreamSerdeProvider(): never {
  throw new InvalidConfig('a function reads no stream of events: serverless.yml leaves out what could');
}
