/** What a function answered. */
export interface FunctionAnswer {
  /** Parsed from JSON: what it returned, or its error. */
  readonly answer: unknown;
  readonly failed: boolean;
}

/** Invokes a function of a local stack and waits for its answer, as the Lambda API is asked for it. */
export async function invokeFunction(url: string, name: string, payload: object): Promise<FunctionAnswer> {
  const response = await fetch(`${url}/2015-03-31/functions/${name}/invocations`, {
    method: 'POST',
    body: JSON.stringify(payload),
  });
  return { answer: await response.json(), failed: response.headers.has('x-amz-function-error') };
}
