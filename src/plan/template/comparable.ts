import { membersOf, without } from '../json.ts';
import { UNCOMPARED } from './resource-kinds.ts';
import type { StackTemplate } from './template.ts';

/** A template without what is compared elsewhere, or says nothing. */
export function comparable(template: StackTemplate): StackTemplate {
  const resources = Object.entries(template.Resources).map(([id, resource]) => {
    const left = new Set(UNCOMPARED[String(resource.Type)] ?? []);
    return [
      id,
      {
        ...without(resource, new Set(['Metadata'])),
        Properties: without(membersOf(resource.Properties), left),
      },
    ];
  });
  return { ...template, Resources: Object.fromEntries(resources) };
}
