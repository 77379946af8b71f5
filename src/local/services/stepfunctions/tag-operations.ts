import { AwsError } from '../../aws-error.ts';
import { findMachine, type Store } from './store.ts';

export interface Tag {
  readonly key: string;
  readonly value: string;
}

export interface TagResourceInput {
  readonly resourceArn: string;
  readonly tags: readonly Tag[];
}

export interface UntagResourceInput {
  readonly resourceArn: string;
  readonly tagKeys: readonly string[];
}

/** Most tags that a resource may have. */
const MAX_TAGS = 50;
const KEY = /^(?!aws:)[\p{L}\p{Z}\p{N}_.:/=+\-@]{1,128}$/u;
const VALUE = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]{0,256}$/u;

/** @throws AwsError InvalidArn, ResourceNotFound */
export function listTags(
  store: Store,
  { resourceArn }: { readonly resourceArn: string },
): { tags: readonly Tag[] } {
  const { tags } = findTagged(store, resourceArn);
  return { tags: [...tags].map(([key, value]) => ({ key, value })) };
}

/** @throws AwsError InvalidArn, ResourceNotFound, TooManyTags, ValidationException */
export function tagResource(store: Store, { resourceArn, tags }: TagResourceInput): object {
  addTags(findTagged(store, resourceArn).tags, tags, resourceArn);
  return {};
}

/** Puts tags on a resource, all or none, and answers all that it has. @throws AwsError TooManyTags, ValidationException */
export function addTags(
  present: Map<string, string>,
  tags: readonly Tag[],
  resourceArn: string,
): Map<string, string> {
  for (const { key, value = '' } of tags) {
    if (!KEY.test(key) || !VALUE.test(value)) {
      throw new AwsError('ValidationException', `Tag '${key}' has a key or value that is not allowed.`);
    }
  }
  const keys = new Set([...present.keys(), ...tags.map(({ key }) => key)]);
  if (keys.size > MAX_TAGS) {
    throw new AwsError('TooManyTags', `A resource may have at most ${MAX_TAGS} tags.`, 400, {
      resourceName: resourceArn,
    });
  }
  for (const { key, value = '' } of tags) present.set(key, value);
  return present;
}

/** @throws AwsError InvalidArn, ResourceNotFound */
export function untagResource(store: Store, { resourceArn, tagKeys }: UntagResourceInput): object {
  const { tags } = findTagged(store, resourceArn);
  for (const key of tagKeys) tags.delete(key);
  return {};
}

function findTagged(store: Store, resourceArn: string) {
  try {
    return findMachine(store, resourceArn);
  } catch (error) {
    if (!(error instanceof AwsError && error.name === 'StateMachineDoesNotExist')) throw error;
    throw new AwsError('ResourceNotFound', `Resource not found: '${resourceArn}'`, 400, {
      resourceName: resourceArn,
    });
  }
}
