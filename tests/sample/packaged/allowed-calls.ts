import type { Permission } from '../../fixtures/package/cloudformation/role-permissions.ts';

/** Whether one of the permissions has the action on the resource. */
export function allows(permissions: readonly Permission[], action: string, resource: string): boolean {
  return permissions.some(
    ({ actions, resources }) => actions.includes(action) && resources.some((one) => matches(one, resource)),
  );
}

/** `*` stands for anything, as in a policy. */
function matches(pattern: string, resource: string): boolean {
  const parts = pattern.split('*').map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`).test(resource);
}
