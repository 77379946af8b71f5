/**
 * List prices of us-east-1 in US dollars, without free tiers, as of November 2026: the one place that knows them.
 * https://aws.amazon.com/step-functions/pricing/, …/lambda/pricing/, …/cloudwatch/pricing/, …/xray/pricing/, …/sns/pricing/
 */
export const PRICES = {
  stateTransition: 0.025 / 1_000,
  lambdaGbSecond: 0.000_013_333_4,
  lambdaRequest: 0.2 / 1_000_000,
  alarmMetricMonth: 0.1,
  customMetricMonth: 0.3,
  logGb: 0.5 + 0.03,
  trace: 5 / 1_000_000,
  publishedMessage: 0.5 / 1_000_000,
  sentEmail: 2 / 100_000,
  httpsDelivery: 0.6 / 1_000_000,
} as const;
