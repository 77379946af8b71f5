/**
 * The most hours without a load that can be told of. Step Functions remembers an execution for 90 days. The last load is not known
 * for longer.
 */
export const MOST_HOURS_WITHOUT_LOAD = 24 * 85;
