import { RedshiftDataClient } from '@aws-sdk/client-redshift-data';
import type { DataApi } from '../data-api/describe.ts';
import { requestHandler } from './request-handler.ts';

/** Must be longer than the longest long poll, 30 s, plus the time that an answer travels. */
const REQUEST_TIMEOUT_MS = 40_000;

export function createDataApi(): DataApi {
  return new RedshiftDataClient({ requestHandler: requestHandler(REQUEST_TIMEOUT_MS) });
}
