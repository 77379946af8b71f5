import { parseArn } from '../../arn.ts';
import { InvalidConfig } from '../../errors/errors.ts';
import { LOCAL_REGION } from '../../local/index.ts';
import { LOCAL_STAGE } from '../../local-stage/local-stage.ts';
import { readParametersOf } from './service-parameters.ts';

/** Where a stage's services answer. */
export interface StagePlace {
  /** Absent: the SDK's own default. */
  readonly region?: string;
  /** Absent: AWS itself. */
  readonly endpointUrl?: string;
}

export interface StageFlags {
  readonly stage?: string;
  readonly endpointUrl?: string;
  readonly region?: string;
}

/** Where `npm run local` listens, if nothing else is said. */
const LOCAL_ENDPOINT = 'http://127.0.0.1:4510';
const LOCAL_ACCOUNT = '000000000000';

/** The endpoint that a flag or the environment names. @throws InvalidConfig for what is no URL */
export function readEndpointUrl(flag: string | undefined): string | undefined {
  const endpointUrl = flag ?? process.env.AWS_ENDPOINT_URL;
  if (endpointUrl && !(/^https?:\/\//.test(endpointUrl) && URL.canParse(endpointUrl)))
    throw new InvalidConfig(
      `the endpoint "${endpointUrl}" is not a URL like ${LOCAL_ENDPOINT}: see --endpoint-url and AWS_ENDPOINT_URL`,
    );
  return endpointUrl || undefined;
}

/**
 * The stage that is asked about, and where it answers. Without a stage it is the local AWS, at the endpoint of `npm run local`.
 * @param executionArn of an execution in the stage, if one is named: it says the Region, and whether it is a local one
 * @throws InvalidConfig for an endpoint that is no URL, or a serverless.yml that cannot be read
 */
export async function findStage(
  flags: StageFlags,
  executionArn?: string,
): Promise<StagePlace & { readonly stage: string }> {
  const endpointUrl = readEndpointUrl(flags.endpointUrl);
  const { region: ofArn, account } = parseArn(executionArn ?? '') ?? {};
  const isElsewhere = account !== undefined && account !== LOCAL_ACCOUNT;
  const stage = flags.stage ?? LOCAL_STAGE;
  if (stage === LOCAL_STAGE && !isElsewhere)
    return { stage, region: flags.region ?? LOCAL_REGION, endpointUrl: endpointUrl ?? LOCAL_ENDPOINT };
  const region = flags.region ?? ofArn ?? (await readParametersOf(stage)).region;
  return {
    stage,
    ...(region === undefined ? {} : { region }),
    ...(endpointUrl === undefined ? {} : { endpointUrl }),
  };
}
