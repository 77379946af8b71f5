/** Partitions other than `aws`, by how their Regions begin. https://docs.aws.amazon.com/whitepapers/latest/aws-fault-isolation-boundaries/partitions.html */
const PARTITIONS: Readonly<Record<string, string>> = {
  'cn-': 'aws-cn',
  'eusc-': 'aws-eusc',
  'eu-isoe-': 'aws-iso-e',
  'us-gov-': 'aws-us-gov',
  'us-iso-': 'aws-iso',
  'us-isob-': 'aws-iso-b',
  'us-isof-': 'aws-iso-f',
};

/** Partition that a Region is in. */
export function partitionOf(region: string): string {
  const [, partition = 'aws'] =
    Object.entries(PARTITIONS).find(([prefix]) => region.startsWith(prefix)) ?? [];
  return partition;
}
