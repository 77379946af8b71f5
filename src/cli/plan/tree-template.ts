import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { parse } from 'yaml';
import type { Resources } from '../../compile/template/cloudformation.ts';
import { InvalidConfig } from '../../errors/errors.ts';
import { stage as compileStage } from '../../framework/serverless-variables.ts';
import { membersOf } from '../../plan/json.ts';
import type { Deployable } from '../../plan/plan.ts';
import { frameworkResources } from '../../plan/template/framework-resources.ts';
import { readWrittenStage } from '../stage/service-parameters.ts';

const SERVICE = new URL('../../../serverless.yml', import.meta.url);

/** What this tree would deploy, and the entries of serverless.yml that it leaves out. */
export interface TreeTemplate extends Deployable {
  readonly unresolved: readonly string[];
}

/**
 * The template of this tree for a stage, made without the Serverless Framework: that takes ten seconds and bundles the functions.
 * The deployment bucket, which the framework adds and which never changes, is left out.
 * @throws InvalidConfig for a stage that serverless.yml does not have, or what packaging would refuse
 */
export async function makeTreeTemplate(stage: string, region: string): Promise<TreeTemplate> {
  const { service, given } = await readWrittenStage(stage);
  refuseVariables(stage, given);
  const values: Readonly<Record<string, unknown>> = {
    [`self:params.${stage}, null`]: given,
    'sls:stage': stage,
    'self:service': service,
    'self:provider.region': region,
  };
  const compiled = await compileStage({
    options: {},
    resolveVariable: async (variable) => {
      const parameter = /^param:(\w+), null$/.exec(variable)?.[1];
      return parameter === undefined ? (values[variable] ?? null) : (given[parameter] ?? null);
    },
  });
  if ('problem' in compiled) throw new InvalidConfig(`stage ${stage}: ${compiled.problem}`);
  const { environment, logRetentionDays, resources: groups, definitionFiles, functionSettings } = compiled;
  const made = frameworkResources(parse(await readFile(SERVICE, 'utf8'), { logLevel: 'error' }), {
    ...{ stage, region, logRetentionDays, environment: environment as Readonly<Record<string, string>> },
  });
  const all: Resources = Object.assign(
    {},
    made.resources,
    ...Object.values(groups).map((group) => membersOf(group).Resources),
  );
  const bodies = new Map(definitionFiles.map(({ key, body }) => [basename(key), body]));
  return {
    template: { Resources: extended(all, membersOf(functionSettings).extensions) },
    findDefinition: ({ key = '' }) => {
      const body = bodies.get(basename(key));
      return body === undefined ? undefined : JSON.parse(body);
    },
    unresolved: made.unresolved,
  };
}

/** @throws InvalidConfig for parameters whose values only the framework knows */
function refuseVariables(stage: string, given: Readonly<Record<string, unknown>>): void {
  const names = Object.keys(given).filter((name) => JSON.stringify(given[name])?.includes('${'));
  if (names.length === 0) return;
  throw new InvalidConfig(
    `params.${stage} of serverless.yml: ${names.join(', ')} hold variables that only packaging resolves. Package this tree, then name the folder: npm run package -- --stage ${stage}, and --packaged .serverless`,
  );
}

/** Settings that serverless.yml adds to resources of the framework. */
function extended(resources: Resources, extensions: unknown): Resources {
  const changed = Object.entries(membersOf(extensions)).map(([id, extension]) => {
    const own = membersOf(resources[id]?.Properties);
    return [id, { ...resources[id], Properties: { ...own, ...membersOf(membersOf(extension).Properties) } }];
  });
  return { ...resources, ...Object.fromEntries(changed) };
}
