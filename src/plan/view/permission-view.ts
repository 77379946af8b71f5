import {
  ACTION_SCOPES,
  type Action,
  FUNCTION_ACTIONS,
  FUNCTION_ROLES,
} from '../../compile/template/function-permissions.ts';

/** What a role may do on one kind of resource. */
export interface RoleView {
  readonly role: string;
  readonly functions: readonly string[];
  readonly grants: readonly { readonly on: string; readonly actions: readonly string[] }[];
}

/** What each scope is, in words. */
const SCOPE_WORDS: Readonly<Record<(typeof ACTION_SCOPES)[Action], string>> = {
  any: 'all, because AWS offers nothing narrower',
  tasks: 'the DMS tasks of the pipelines',
  target: 'the cluster or workgroup of the stage, and its user or secret',
  topic: 'the notification topic',
  executions: 'runs of the pipelines',
  machines: 'state machines of the pipelines',
};

/** The roles of the functions: every pipeline of a stage shares them. What Lambda does itself (logs, traces) is left out. */
export function viewPermissions(): readonly RoleView[] {
  return Object.entries(FUNCTION_ROLES).map(([role, functions]) => {
    const actions = [...new Set(functions.flatMap((name) => FUNCTION_ACTIONS[name]))].toSorted();
    const scopes = Map.groupBy(actions, (action) => ACTION_SCOPES[action]);
    const grants = [...scopes].map(([scope, own]) => ({ on: SCOPE_WORDS[scope], actions: own }));
    return { role, functions, grants };
  });
}
