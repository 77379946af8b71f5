import { expect, it } from 'vitest';
import { readCredentialRegion } from '../../../../src/local/endpoint/request-handler.ts';

it.each([
  [undefined, 'us-east-1'],
  ['', 'us-east-1'],
  ['Basic abc', 'us-east-1'],
  [
    'AWS4-HMAC-SHA256 Credential=AKID/20261124/eu-central-1/redshift-data/aws4_request, SignedHeaders=host, Signature=00',
    'eu-central-1',
  ],
  ['AWS4-HMAC-SHA256 Credential=a/20261124/<script>/x/aws4_request', 'us-east-1'],
])('takes the Region of %s as %s', (authorization, region) => {
  expect(readCredentialRegion(authorization)).toBe(region);
});
