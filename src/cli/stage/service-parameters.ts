import { readFile } from 'node:fs/promises';
import { parse } from 'yaml';
import * as z from 'zod';
import { withoutAbsent } from '../../compile/stage/stage-parameters.ts';
import { InvalidConfig } from '../../errors/errors.ts';
import type { WrittenParameters } from '../../migrations/choose-target.ts';
import { describeIssues } from '../../zod-issues.ts';

/** What serverless.yml says of a stage, as it is written. */
export interface ServiceFile extends WrittenParameters {
  /** Where `sls deploy` deploys to, if nothing else is said. */
  readonly region?: string;
}

const SERVICE = new URL('../../../serverless.yml', import.meta.url);

/** What serverless.yml of this tree says of a stage. @throws InvalidConfig when it cannot be read */
export async function readParametersOf(stage: string): Promise<ServiceFile> {
  return readServiceFile(await readFile(SERVICE, 'utf8'), stage);
}

/** What serverless.yml of this tree says of a stage, each parameter with its own type. @throws InvalidConfig when it cannot be read */
export async function readWrittenStage(
  stage: string,
): Promise<{ readonly service: string; readonly given: Readonly<Record<string, unknown>> }> {
  const { service, params } = parseService(await readFile(SERVICE, 'utf8'));
  if (params[stage] === undefined)
    throw new InvalidConfig(`serverless.yml has no parameters of a stage ${stage}: add params.${stage}`);
  return { service, given: { ...params.default, ...params[stage] } };
}

const parameters = z.record(z.string(), z.unknown()).nullish();
const ServiceSchema = z.object({
  service: z.string().default(''),
  params: z.record(z.string(), parameters).default({}),
  provider: z.object({ region: z.string().optional() }).optional(),
});

/** `${opt:region, 'us-east-1'}`: what counts when the option is not given. */
const OPTION_WITH_DEFAULT = /^\$\{opt:region,\s*['"]?([a-z0-9-]+)['"]?\}$/;

/**
 * Reads a stage's parameters from the text of serverless.yml, without the Serverless Framework: its variables stay as
 * they are written. What counts as absent in packaging does here.
 * @throws InvalidConfig when it is no such file
 */
export function readServiceFile(text: string, stage: string): ServiceFile {
  const { params, provider } = parseService(text);
  const given = withoutAbsent({ ...params.default, ...params[stage] });
  const texts = Object.entries(given).filter(([, value]) => ['string', 'number'].includes(typeof value));
  const values = Object.fromEntries(texts.map(([name, value]) => [name, String(value)]));
  const region = values.region ?? provider?.region;
  const plainRegion = OPTION_WITH_DEFAULT.exec(region ?? '')?.[1] ?? region;
  return {
    stage,
    values,
    ...(plainRegion === undefined || plainRegion.includes('$') ? {} : { region: plainRegion }),
  };
}

function parseService(text: string): z.infer<typeof ServiceSchema> {
  try {
    return ServiceSchema.parse(parse(text, { logLevel: 'error' }));
  } catch (error) {
    const [reason] =
      error instanceof z.ZodError ? [describeIssues(error).join('; ')] : String(error).split('\n');
    throw new InvalidConfig(`serverless.yml cannot be read: ${reason?.replaceAll(/\s+/g, ' ')}`, {
      cause: error,
    });
  }
}
