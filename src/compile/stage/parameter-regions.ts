import { parseArn } from '../../arn.ts';
import { partitionOf } from './partition.ts';
import { InvalidParameter, type StageParameters } from './stage-parameters.ts';

/** The account in the sample's ARNs. It belongs to nobody. */
export const SAMPLE_ACCOUNT = '000000000000';

/**
 * Checks the Regions and accounts of the parameters. State machines, events, statements and alarms are in one Region
 * and account, and so is everything they use. Only a topic, a secret and its key may belong to another account. The
 * stage's own account is not known here; the deploy guard compares it. The sample's task is skipped.
 * @throws InvalidParameter for an ARN of another Region or partition than the stage's, and for ARNs of different
 * accounts
 */
export function refuseElsewhere(region: string, parameters: StageParameters): void {
  for (const { what, arn } of namedArns(parameters)) refuseRegion(region, arn, what);
  refuseAccounts(ownAccountArns(parameters));
}

/** An ARN among a stage's parameters. */
interface NamedArn {
  /** Parameter, and what of it, as errors begin. */
  readonly what: string;
  readonly arn: string;
}

/** The ARNs in the parameters that must be in the account that is deployed to. */
export function ownAccountArns(parameters: StageParameters): readonly NamedArn[] {
  return namedArns(parameters).filter(({ arn }) => OF_THE_ACCOUNT.includes(parseArn(arn)?.service));
}

/** All but the sample's. */
function namedArns({ dmsTasks, ...others }: StageParameters): readonly NamedArn[] {
  const tasks = Object.entries(dmsTasks).map(([identifier, arn]) => ({
    what: `dmsTasks: the DMS task "${identifier}"`,
    arn,
  }));
  const named = Object.entries(others)
    .filter(([, value]) => parseArn(String(value)) !== undefined)
    .map(([name, value]) => ({ what: `${name}: what it names`, arn: String(value) }));
  return [...tasks, ...named].filter(({ arn }) => accountOf(arn) !== SAMPLE_ACCOUNT);
}

/** Services whose resources must be in the stage's own account. */
const OF_THE_ACCOUNT: readonly (string | undefined)[] = ['dms', 'redshift-serverless'];

function refuseRegion(region: string, arn: string, what: string): void {
  const { partition, region: itsRegion } = parseArn(arn) ?? {};
  if (itsRegion !== region)
    throw new InvalidParameter(
      `parameter ${what} is in ${itsRegion}, but the stage is in ${region}: pass --region ${itsRegion}`,
    );
  if (partition !== partitionOf(region))
    throw new InvalidParameter(
      `parameter ${what} is in partition ${partition}, but ${region} is in ${partitionOf(region)}`,
    );
}

function refuseAccounts([first, ...others]: readonly NamedArn[]): void {
  if (first === undefined) return;
  const account = accountOf(first.arn);
  const stranger = others.find(({ arn }) => accountOf(arn) !== account);
  if (stranger !== undefined)
    throw new InvalidParameter(
      `parameter ${stranger.what} is in account ${accountOf(stranger.arn)}, but other parameters name account ${account}`,
    );
}

function accountOf(arn: string): string | undefined {
  return parseArn(arn)?.account;
}
