/** What a change can do, from the least to the most. */
export const CHANGE_CLASSES = ['harmless', 'changes results', 'cannot be undone'] as const;
export type ChangeClass = (typeof CHANGE_CLASSES)[number];

/** What each class means, in a sentence. */
export const CLASS_MEANINGS: Readonly<Record<ChangeClass, string>> = {
  harmless:
    'A run that succeeds leaves the same rows in production, and no run fails that would have succeeded.',
  'changes results':
    'Production can show other rows, or a run can fail or be missing that would have succeeded. Deploying the earlier tree takes it back.',
  'cannot be undone':
    'Deploying the earlier tree does not bring back what was there: a state machine, a fence, a queue’s messages, logs, an applied V file.',
};

/**
 * Every kind of change that the plan knows, with its class and why it has it. A change has the class of its kind and no other, so
 * this table is the judgement of the plan. docs/plan.md shows it.
 */
export const CHANGE_KINDS = {
  'pipeline-added': ['changes results', 'loads of its tasks start runs from now on'],
  'pipeline-gone': [
    'cannot be undone',
    'its loads are no longer run; its state machine stays behind, outside of the stack, and its name stays taken',
  ],
  'pipeline-renamed': [
    'cannot be undone',
    'its fences and audits are new tables, which know no earlier load; the state machine of the old name stays behind',
  ],
  'pipeline-unreadable': ['changes results', 'nothing is known of what it did'],
  'step-added': ['changes results', 'each run does it from now on'],
  'step-gone': ['changes results', 'no run does it any more; its fence stays in the warehouse'],
  'step-renamed': ['changes results', 'its fence is a new table, which knows no earlier load'],
  'step-kind': ['changes results', 'it does something else'],
  'order-freed': ['changes results', 'the two may run side by side, or the other way round'],
  'order-bound': ['changes results', 'a step waits for another, and does not start if that one fails'],
  'procedure-changed': ['changes results', 'another procedure writes to production'],
  'arguments-changed': ['changes results', 'the procedure is given other values'],
  'query-changed': ['changes results', 'other rows count as wrong'],
  'severity-raised': ['changes results', 'wrong rows stop the run from now on'],
  'severity-lowered': ['changes results', 'wrong rows no longer stop the run'],
  'audit-added': ['changes results', 'it can hold a load back'],
  'audit-gone': ['changes results', 'rows that it found reach production'],
  'audit-changed': ['changes results', 'other rows count as wrong'],
  'rows-shown': ['harmless', 'only what a report shows of wrong rows'],
  'description-changed': ['harmless', 'only the words of a message'],
  'timeout-shorter': [
    'changes results',
    'a statement that took longer than that is cancelled, and its run fails',
  ],
  'timeout-longer': ['harmless', 'what succeeded before still succeeds'],
  'attempts-fewer': ['changes results', 'a run fails that another attempt would have saved'],
  'attempts-more': ['harmless', 'the fence lets no attempt take effect twice'],
  'retry-less': ['changes results', 'a run fails that another attempt would have saved'],
  'retry-more': ['harmless', 'the fence lets no attempt take effect twice'],
  'retry-unfenced': [
    'changes results',
    'the procedure commits by itself: what is tried again can take effect twice',
  ],
  'commits-changed': ['changes results', 'with `commits` the step has no fence, and can take effect twice'],
  'together-changed': ['changes results', 'other tables become visible at the same moment'],
  'consumption-changed': ['changes results', 'another step empties a staged table'],
  'staged-added': ['changes results', 'a load is complete only with that table'],
  'staged-gone': ['changes results', 'nobody makes sure that the table is complete'],
  'staged-changed': ['changes results', 'another load counts as complete'],
  'other-tables-changed': [
    'changes results',
    'errors in other tables of the task stop the run, or no longer do',
  ],
  'hours-changed': ['changes results', 'another load counts as the one to run, or as too old'],
  'deadline-changed': ['harmless', 'only what is told, and when'],
  'trigger-added': ['changes results', 'loads of the task start runs from now on'],
  'trigger-gone': ['changes results', 'loads of the task start no run any more'],
  'contract-changed': [
    'harmless',
    'the functions understand both contracts, and runs alive keep the old one',
  ],
  'run-time-shorter': ['changes results', 'a run that took longer than that is ended by Step Functions'],
  'run-time-longer': ['harmless', 'what succeeded before still succeeds'],
  'state-changed': ['changes results', 'the plan has no words for it: npm run -s asl shows the state'],
  rearranged: ['harmless', 'the states are arranged otherwise, but every step waits for the same steps'],
  comments: ['harmless', 'only comments'],
  'resource-added': ['harmless', 'nothing that was there changes by it'],
  'resource-changed': ['changes results', 'the plan does not know a property like this to be harmless'],
  'resource-setting': ['harmless', 'a setting that no row in production depends on'],
  'resource-gone': ['changes results', 'what it did is no longer done'],
  'resource-given-up': ['harmless', 'no row in production depends on it'],
  'resource-replaced': ['changes results', 'CloudFormation makes a new one and deletes the old one'],
  'stateful-replaced': [
    'cannot be undone',
    'CloudFormation makes a new one: history, messages or data of the old one stay behind or are deleted',
  ],
  'stateful-gone': [
    'cannot be undone',
    'history, messages or data go with it, or it stays behind outside of the stack',
  ],
  'logs-shorter': ['cannot be undone', 'CloudWatch Logs deletes what is older'],
  'code-changed': ['changes results', 'the functions run other code'],
  'version-due': [
    'cannot be undone',
    'a V file is applied once, and there is no way back but another V file',
  ],
  'repeatable-due': ['changes results', 'procedures, views or grants become those of this tree'],
  'own-tables-due': ['harmless', 'a table of the orchestrator’s own is made'],
  'migration-contradicts': ['changes results', 'npm run migrate applies nothing until this is settled'],
} as const satisfies Readonly<Record<string, readonly [ChangeClass, string]>>;

export type ChangeKind = keyof typeof CHANGE_KINDS;

/** Where a change is; only what applies. */
export interface ChangePlace {
  readonly pipeline?: string;
  readonly step?: string;
  /** Logical ID of a resource, a migration’s file. */
  readonly object?: string;
}

/** One thing that would be otherwise. */
export interface Change {
  readonly kind: ChangeKind;
  readonly class: ChangeClass;
  readonly where: ChangePlace;
  readonly what: string;
  /** Why it has this class. */
  readonly because: string;
}

/** A change of a kind, with what the table says of the kind. */
export function change(kind: ChangeKind, where: ChangePlace, what: string): Change {
  const [ofClass, because] = CHANGE_KINDS[kind];
  return { kind, class: ofClass, where, what, because };
}

/** The class of all changes together: that of the worst; undefined where there is none. */
export function worstClass(changes: readonly Pick<Change, 'class'>[]): ChangeClass | undefined {
  return CHANGE_CLASSES.findLast((ofClass) => changes.some((one) => one.class === ofClass));
}
