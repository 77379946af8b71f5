import { InvalidParameter, type StageParameters } from './stage-parameters.ts';

/** Account of the sample's ARNs: nobody's. */
export const SAMPLE_ACCOUNT = '000000000000';

/**
 * State machines, events, statements and alarms are in the stage's Region, and so is all that they deal with. The
 * sample's task is nowhere.
 * @throws InvalidParameter for an ARN of another Region
 */
export function refuseElsewhere(region: string, { dmsTasks, ...others }: StageParameters): void {
  for (const [identifier, arn] of Object.entries(dmsTasks))
    refuseArn(region, arn, `dmsTasks: the DMS task "${identifier}"`);
  for (const [name, value] of Object.entries(others))
    if (String(value).startsWith('arn:')) refuseArn(region, String(value), `${name}: what it names`);
}

function refuseArn(region: string, arn: string, what: string): void {
  const [, , , itsRegion, account] = arn.split(':');
  if (itsRegion === region || account === SAMPLE_ACCOUNT) return;
  throw new InvalidParameter(
    `parameter ${what} is in ${itsRegion}, and the stage in ${region}: give --region ${itsRegion}`,
  );
}
