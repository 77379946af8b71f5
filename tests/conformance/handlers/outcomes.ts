const counts = new Map<string, number>();

export async function answer(event: unknown) {
  return { got: event };
}

/** Fails, and says as which request. */
export async function refuse(_event: unknown, { awsRequestId }: { readonly awsRequestId: string }) {
  const error = new Error(`request ${awsRequestId} is refused`);
  error.name = 'Refused';
  throw error;
}

/** Succeeds when it is asked about the same key for the n-th time. */
export async function succeedAt({ key, nth }: { readonly key: string; readonly nth: number }) {
  const count = (counts.get(key) ?? 0) + 1;
  counts.set(key, count);
  if (count < nth) throw new Error(`attempt ${count} of ${key} fails`);
  return { count };
}

/** Does not answer in any time that a test gives it. */
export async function hang() {
  await new Promise(() => {});
}
