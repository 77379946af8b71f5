import { SNSClient } from '@aws-sdk/client-sns';
import type { Sns } from '../notifications/publish.ts';
import { requestHandler } from './request-handler.ts';

const REQUEST_TIMEOUT_MS = 10_000;

export function createSns(): Sns {
  return new SNSClient({ requestHandler: requestHandler(REQUEST_TIMEOUT_MS) });
}
