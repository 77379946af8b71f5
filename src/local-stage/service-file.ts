import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import * as z from 'zod';
import { InvalidConfig } from '../errors/errors.ts';
import { LOCAL_STAGE } from './local-stage.ts';
import { readAs } from './read-as.ts';

const texts = z.record(z.string(), z.string());
const parameters = z.record(z.string(), z.unknown()).default({});

const ServiceSchema = z.object({
  service: z.string(),
  params: z.object({ default: parameters, [LOCAL_STAGE]: parameters }),
  provider: z.object({ memorySize: z.int(), environment: texts.default({}) }),
  functions: z.record(
    z.string(),
    z.object({
      handler: z.string().endsWith('.handler'),
      timeout: z.int(),
      memorySize: z.int().optional(),
      environment: z.literal(`\${self:custom.stage.environment}`).optional(),
    }),
  ),
});

/** The part of serverless.yml that the local stage needs. */
export type DeployedService = z.infer<typeof ServiceSchema>;

/** Folder that holds serverless.yml. */
export const SERVICE_ROOT = new URL('../../', import.meta.url);

let known: DeployedService | undefined;

/** Reads serverless.yml, once for each process. @throws InvalidConfig if it has another form */
export function readDeployedService(): DeployedService {
  const text = () => readFileSync(new URL('serverless.yml', SERVICE_ROOT), 'utf8');
  known ??= readAs(ServiceSchema, 'serverless.yml', parse(text(), { logLevel: 'error' }));
  return known;
}

/**
 * Resolves the framework's variables in a text of the service, for the local stage. @throws InvalidConfig for other
 * variables
 */
export function resolveVariables(text: string, environment: Readonly<Record<string, string>>): string {
  const values: Readonly<Record<string, string>> = {
    'self:service': readDeployedService().service,
    'sls:stage': LOCAL_STAGE,
    ...Object.fromEntries(
      Object.entries(environment).map(([name, value]) => [`self:custom.stage.environment.${name}`, value]),
    ),
  };
  return text.replaceAll(/\$\{([^}]*)\}/g, (variable, name: string) => {
    const value = values[name];
    if (value === undefined)
      throw new InvalidConfig(
        `serverless.yml: the local stage cannot resolve ${variable}: it knows ${Object.keys(values).join(' and ')}`,
      );
    return value;
  });
}
