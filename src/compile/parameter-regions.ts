import { partitionOf } from './partition.ts';
import { InvalidParameter, type StageParameters } from './stage-parameters.ts';

/** Account of the sample's ARNs: nobody's. */
export const SAMPLE_ACCOUNT = '000000000000';

/**
 * State machines, events, statements and alarms are in one Region and account, and so is all that they deal with, but for a
 * topic, a secret and its key, which may be another account's. The stage's own account is not known here. The sample's task is
 * nowhere.
 * @throws InvalidParameter for an ARN of another Region or partition than the stage's, and for ARNs of different accounts
 */
export function refuseElsewhere(region: string, { dmsTasks, ...others }: StageParameters): void {
  const tasks = Object.entries(dmsTasks).map(
    ([identifier, arn]) => [`dmsTasks: the DMS task "${identifier}"`, arn] as const,
  );
  const named = Object.entries(others)
    .filter(([, value]) => String(value).startsWith('arn:'))
    .map(([name, value]) => [`${name}: what it names`, String(value)] as const);
  const arns = [...tasks, ...named].filter(([, arn]) => accountOf(arn) !== SAMPLE_ACCOUNT);
  for (const [what, arn] of arns) refuseRegion(region, arn, what);
  refuseAccounts(arns.filter(([, arn]) => OF_THE_ACCOUNT.test(arn)));
}

/** Services whose things have to be in the stage's own account. */
const OF_THE_ACCOUNT = /^arn:[^:]+:(?:dms|redshift-serverless):/;

function refuseRegion(region: string, arn: string, what: string): void {
  const [, partition, , itsRegion] = arn.split(':');
  if (itsRegion !== region)
    throw new InvalidParameter(
      `parameter ${what} is in ${itsRegion}, and the stage in ${region}: give --region ${itsRegion}`,
    );
  if (partition !== partitionOf(region))
    throw new InvalidParameter(
      `parameter ${what} is in partition ${partition}, and ${region} in ${partitionOf(region)}`,
    );
}

function refuseAccounts(arns: readonly (readonly [string, string])[]): void {
  const [first, ...others] = arns;
  if (first === undefined) return;
  const stranger = others.find(([, arn]) => accountOf(arn) !== accountOf(first[1]));
  if (stranger !== undefined)
    throw new InvalidParameter(
      `parameter ${stranger[0]} is in account ${accountOf(stranger[1])}, and other parameters name ${accountOf(first[1])}`,
    );
}

function accountOf(arn: string): string | undefined {
  return arn.split(':')[4];
}
