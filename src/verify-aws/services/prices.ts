import { GetProductsCommand } from '@aws-sdk/client-pricing';
import * as z from 'zod';
import { PRICES } from '../../compile/cost/price-table.ts';
import { type AskedWorld, no, open, type Question, type Settled, yes } from '../question.ts';

/** What a price is made of: usage types of a service, as the price list names them behind the Region’s prefix. */
interface PriceSource {
  readonly service: string;
  readonly usageTypes: readonly string[];
}

/** Where each price of the price table stands in AWS’s own list. https://docs.aws.amazon.com/awsaccountbilling/latest/aboutv2/price-changes.html */
const SOURCES: Readonly<Record<keyof typeof PRICES, PriceSource>> = {
  stateTransition: { service: 'AmazonStates', usageTypes: ['StateTransition'] },
  lambdaGbSecond: { service: 'AWSLambda', usageTypes: ['Lambda-GB-Second-ARM'] },
  lambdaRequest: { service: 'AWSLambda', usageTypes: ['Request-ARM'] },
  alarmMetricMonth: { service: 'AmazonCloudWatch', usageTypes: ['CW:AlarmMonitorUsage'] },
  customMetricMonth: { service: 'AmazonCloudWatch', usageTypes: ['CW:MetricMonitorUsage'] },
  // Taken in, and kept for a month.
  logGb: { service: 'AmazonCloudWatch', usageTypes: ['DataProcessing-Bytes', 'TimedStorage-ByteHrs'] },
  trace: { service: 'AWSXRay', usageTypes: ['XRay-TracesStored'] },
  publishedMessage: { service: 'AmazonSNS', usageTypes: ['Requests-Tier1'] },
  sentEmail: { service: 'AmazonSNS', usageTypes: ['DeliveryAttempts-SMTP'] },
  httpsDelivery: { service: 'AmazonSNS', usageTypes: ['DeliveryAttempts-HTTP'] },
};

/** The Region of the price table. */
const REGION = 'us-east-1';

/** What the service costs. */
export const priceQuestions: readonly Question[] = [
  {
    id: 'list-prices',
    question: 'Are the list prices still the same?',
    note: 'They change.',
    ifNo: 'docs/costs.md is out of date: correct src/compile/cost/price-table.ts, then npm run docs',
    creates: [],
    settle: async (world) => {
      const services = [...new Set(Object.values(SOURCES).map(({ service }) => service))];
      const products = await Promise.all(
        services.map(async (service) => [service, await readProducts(world, service)] as const),
      );
      return judgePrices(new Map(products));
    },
  },
];

/** All products of a service in the Region, as the list has them: JSON texts. */
async function readProducts(
  { clients: { pricing } }: AskedWorld,
  ServiceCode: string,
): Promise<readonly string[]> {
  const found: string[] = [];
  let NextToken: string | undefined;
  do {
    const page = await pricing.send(
      new GetProductsCommand({
        ...{ ServiceCode, FormatVersion: 'aws_v1', NextToken },
        Filters: [{ Type: 'TERM_MATCH', Field: 'regionCode', Value: REGION }],
      }),
    );
    found.push(...(page.PriceList ?? []).map(String));
    NextToken = page.NextToken;
  } while (NextToken !== undefined);
  return found;
}

const ProductSchema = z.object({
  product: z.object({ attributes: z.object({ usagetype: z.string() }) }),
  terms: z.object({
    OnDemand: z.record(
      z.string(),
      z.object({
        priceDimensions: z.record(
          z.string(),
          z.object({ beginRange: z.string().default('0'), pricePerUnit: z.object({ USD: z.string() }) }),
        ),
      }),
    ),
  }),
});

/** Pure: compares the price table with the list. @param products of each service, as GetProducts has them */
function judgePrices(products: ReadonlyMap<string, readonly string[]>): Settled {
  const differing: string[] = [];
  const missing: string[] = [];
  for (const [name, { service, usageTypes }] of Object.entries(SOURCES)) {
    const listed = usageTypes.map((usageType) => listPrice(products.get(service) ?? [], usageType));
    const own = PRICES[name as keyof typeof PRICES];
    if (listed.some((price) => price === undefined)) missing.push(usageTypes.join(' and '));
    else {
      const sum = listed.reduce<number>((total, price) => total + (price ?? 0), 0);
      if (Math.abs(sum - own) > own * 1e-6)
        differing.push(`${name} is ${sum} in the list, ${own} in the table`);
    }
  }
  if (differing.length > 0) return no(`${REGION}: ${differing.join('; ')}`);
  if (missing.length > 0)
    return open(
      `the list of ${REGION} has no one price for ${missing.join(', ')}. Compare them with the pages that price-table.ts names`,
    );
  return yes(`${Object.keys(SOURCES).length} prices of ${REGION} are those of GetProducts`);
}

/** Some usage types of us-east-1 have it, `USE1-StateTransition`, and others not. */
const REGION_PREFIX = /^USE1-/;

/** The price of the first unit beyond what is free; undefined where the list has none, or several. */
function listPrice(products: readonly string[], usageType: string): number | undefined {
  const prices = products.flatMap((text) => {
    const { data } = ProductSchema.safeParse(JSON.parse(text));
    const type = data?.product.attributes.usagetype ?? '';
    if (data === undefined || type.replace(REGION_PREFIX, '') !== usageType) return [];
    const tiers = Object.values(data.terms.OnDemand).flatMap(({ priceDimensions }) =>
      Object.values(priceDimensions),
    );
    const paid = tiers.filter(({ pricePerUnit }) => Number(pricePerUnit.USD) > 0);
    const [first] = paid.toSorted((a, b) => Number(a.beginRange) - Number(b.beginRange));
    return first === undefined ? [] : [Number(first.pricePerUnit.USD)];
  });
  const [price, ...others] = new Set(prices);
  return others.length === 0 ? price : undefined;
}
