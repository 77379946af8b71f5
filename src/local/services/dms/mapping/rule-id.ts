/** Orders rules as DMS applies them: the lower rule-id first. Ids that are no numbers, which DMS does not document, come last. */
export function compareRuleIds(one: string, other: string): number {
  const [first, second] = [numberOf(one), numberOf(other)];
  if (first === undefined || second === undefined)
    return Number(first === undefined) - Number(second === undefined);
  return first < second ? -1 : first > second ? 1 : 0;
}

function numberOf(id: string): bigint | undefined {
  return /^\d+$/.test(id) ? BigInt(id) : undefined;
}
