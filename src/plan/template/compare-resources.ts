import { fullDiff, type ResourceDifference, ResourceImpact } from '@aws-cdk/cloudformation-diff';
import { type Change, type ChangeKind, change } from '../change.ts';
import { comparable } from './comparable.ts';
import { kindOfSetting, PERMISSIONS, STATELESS_TYPES, TELLING_TYPES } from './resource-kinds.ts';
import type { StackTemplate } from './template.ts';

/**
 * What CloudFormation would do to resources. Which properties replace a resource is known from AWS’s registry, through
 * https://github.com/aws/aws-cdk-cli/tree/main/packages/%40aws-cdk/cloudformation-diff
 */
export function compareResources(before: StackTemplate, after: StackTemplate): readonly Change[] {
  const { resources, outputs } = fullDiff(comparable(before), comparable(after));
  const changes: Change[] = [];
  resources.forEachDifference((id, difference) => changes.push(...ofResource(id, difference)));
  outputs.forEachDifference((id) =>
    changes.push(change('resource-setting', { object: id }, `output ${id} differs`)),
  );
  return changes;
}

const REPLACING: readonly ResourceImpact[] = [ResourceImpact.WILL_REPLACE, ResourceImpact.MAY_REPLACE];

function ofResource(id: string, difference: ResourceDifference): readonly Change[] {
  const type = difference.resourceType ?? difference.oldResourceType ?? '';
  const say = (kind: ChangeKind, what: string) => change(kind, { object: id }, `${shortType(type)}: ${what}`);
  if (difference.isAddition) return [say('resource-added', 'is new')];
  if (difference.isRemoval) return [say(kindOfLoss(type), 'is no longer there')];
  const names = Object.keys({ ...difference.propertyUpdates, ...difference.otherChanges });
  if (REPLACING.includes(difference.changeImpact) || difference.resourceTypeChanged) {
    const is = difference.changeImpact === ResourceImpact.MAY_REPLACE ? 'may be' : 'is';
    const kind = STATELESS_TYPES.includes(type) ? 'resource-replaced' : 'stateful-replaced';
    return [say(kind, `${is} replaced, because of ${names.join(', ')}`)];
  }
  const settings = { ...difference.propertyUpdates, ...difference.otherChanges };
  const groups = Map.groupBy(
    Object.entries(settings).filter(([name]) => !PERMISSIONS[type]?.includes(name)),
    ([name, { oldValue, newValue }]) => kindOfSetting(type, name, oldValue, newValue),
  );
  return [...groups].map(([kind, parts]) =>
    say(kind, parts.map(([name, { oldValue, newValue }]) => describe(name, oldValue, newValue)).join('; ')),
  );
}

function kindOfLoss(type: string): ChangeKind {
  if (TELLING_TYPES.includes(type)) return 'resource-given-up';
  return STATELESS_TYPES.includes(type) ? 'resource-gone' : 'stateful-gone';
}

function shortType(type: string): string {
  return type.replace(/^AWS::/, '');
}

/** Short values in full. */
function describe(name: string, before: unknown, after: unknown): string {
  const [was, is] = [before, after].map((value) => (value === undefined ? 'nothing' : JSON.stringify(value)));
  const isShort = `${was}${is}`.length <= 120;
  return isShort ? `${name} ${is}, in place of ${was}` : `${name} differs`;
}
