import { LOCAL_REGION } from '../contracts.ts';

const CREDENTIAL_SCOPE = /Credential=[^/,]+\/\d{8}\/([a-z0-9-]{1,40})\//;

/**
 * Region a request was signed for: the third part of its credential scope; the local Region when it is not signed.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-authentication-methods.html
 */
export function readCredentialRegion(authorization: string | undefined): string {
  if (authorization === undefined) return LOCAL_REGION;
  return CREDENTIAL_SCOPE.exec(authorization)?.[1] ?? LOCAL_REGION;
}
