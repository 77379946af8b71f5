const CONNECTION_TIMEOUT_MS = 3_000;

/**
 * Settings of a client's HTTP connection. By default the SDK only warns when a request takes too long, and a Lambda
 * would wait until its own timeout.
 * @param requestTimeoutMs milliseconds until the answer must have arrived
 */
export function requestHandler(requestTimeoutMs: number) {
  return {
    requestTimeout: requestTimeoutMs,
    throwOnRequestTimeout: true,
    connectionTimeout: CONNECTION_TIMEOUT_MS,
  };
}
