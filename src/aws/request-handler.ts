const CONNECTION_TIMEOUT_MS = 3_000;

/**
 * Settings of a client's HTTP connection. By default the SDK only warns when a request takes too long, and a Lambda
 * would hang on it until its own end.
 * @param requestTimeoutMs until the answer must be there
 */
export function requestHandler(requestTimeoutMs: number) {
  return {
    requestTimeout: requestTimeoutMs,
    throwOnRequestTimeout: true,
    connectionTimeout: CONNECTION_TIMEOUT_MS,
  };
}
