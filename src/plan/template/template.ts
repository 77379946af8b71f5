import * as z from 'zod';
import type { Resource, Resources } from '../../compile/template/cloudformation.ts';
import { DEADLINE_MACHINE } from '../../compile/template/deadlines.ts';
import { InvalidConfig } from '../../errors/errors.ts';
import { parseJson } from '../../json-text.ts';
import { type Members, membersOf } from '../json.ts';

/** A CloudFormation template, as far as it is compared. */
export interface StackTemplate {
  readonly Resources: Resources;
  readonly [section: string]: unknown;
}

const TemplateSchema = z.looseObject({
  Resources: z.record(z.string(), z.looseObject({ Type: z.string() })),
});

/** Reads a template, also as `aws cloudformation get-template` answers it. @param where it is from, for messages @throws InvalidConfig */
export function readTemplate(text: string, where: string): StackTemplate {
  const answer = parseText(text, where);
  const body = membersOf(answer).TemplateBody;
  const given = typeof body === 'string' ? parseText(body, where) : (body ?? answer);
  const parsed = TemplateSchema.safeParse(given);
  if (parsed.success) return parsed.data as StackTemplate;
  throw new InvalidConfig(
    `${where} is no CloudFormation template: it has no Resources with a Type. Name a folder that npm run package has written, or the answer of aws cloudformation get-template`,
  );
}

function parseText(text: string, where: string): unknown {
  try {
    return parseJson(text);
  } catch (error) {
    throw new InvalidConfig(`${where} is not JSON: ${(error as SyntaxError).message}`, { cause: error });
  }
}

/** A pipeline's state machine in a template. */
export interface TemplateMachine {
  readonly pipeline: string;
  readonly name: string;
  readonly definition?: unknown;
  /** Key of the file that holds the definition, where the template does not. It has a hash of the content. */
  readonly key?: string;
  /** How long a load counts, how long it waits for its companions, and its deadline; absent in earlier templates. */
  readonly hours?: Members;
}

const MACHINE = 'AWS::StepFunctions::StateMachine';

/** Finds a definition that the template does not hold, or that is known better than from it; undefined where there is none. */
export type FindDefinition = (machine: { readonly name: string; readonly key?: string }) => unknown;

/** The state machines of a template by pipeline. */
export function machinesOf(
  { Resources: resources }: StackTemplate,
  find: FindDefinition,
): ReadonlyMap<string, TemplateMachine> {
  const ofPipelines = ofType(resources, MACHINE).filter(([id]) => id !== DEADLINE_MACHINE);
  const machines = ofPipelines.map(([id, properties]) => {
    const hours = resources[id]?.Metadata;
    const name = String(properties.StateMachineName ?? id);
    const { Key } = membersOf(properties.DefinitionS3Location);
    const place = { name, ...(typeof Key === 'string' ? { key: Key } : {}) };
    const definition = find(place) ?? definitionOf(properties);
    const pipeline = tagOf(properties, 'pipeline') ?? name;
    return {
      ...place,
      pipeline,
      ...(definition === undefined ? {} : { definition }),
      ...(hours === undefined ? {} : { hours: membersOf(hours) }),
    };
  });
  return new Map(machines.map((machine) => [machine.pipeline, machine]));
}

function definitionOf({ Definition, DefinitionString }: Members): unknown {
  if (Definition !== undefined || typeof DefinitionString !== 'string') return Definition;
  return parseText(DefinitionString, 'DefinitionString');
}

/** The stage that a template is made for: machines are tagged with it. */
export function stageOf({ Resources: resources }: StackTemplate): string | undefined {
  return ofType(resources, MACHINE).flatMap(([, properties]) => tagOf(properties, 'stage') ?? [])[0];
}

function tagOf({ Tags }: Members, name: string): string | undefined {
  const tags = Array.isArray(Tags) ? Tags.map(membersOf) : [];
  const value = tags.find(({ Key }) => Key === name)?.Value;
  return typeof value === 'string' ? value : undefined;
}

/** ARNs of the DMS tasks whose loads start runs. */
export function triggersOf({ Resources: resources }: StackTemplate): ReadonlySet<string> {
  const rules = ofType(resources, 'AWS::Events::Rule').filter(([id]) => /^LoadFinishedRule\d*$/.test(id));
  return new Set(
    rules.flatMap(([, { EventPattern }]) => {
      const arns = membersOf(EventPattern).resources;
      return Array.isArray(arns)
        ? arns.map((arn) => (typeof arn === 'string' ? arn : JSON.stringify(arn)))
        : [];
    }),
  );
}

/** Properties of the resources of a type, with their logical IDs. */
export function ofType(resources: Resources, type: string): readonly (readonly [string, Members])[] {
  return Object.entries(resources).flatMap(([id, resource]: [string, Resource]) =>
    resource.Type === type ? [[id, membersOf(resource.Properties)] as const] : [],
  );
}
