import { type Members, membersOf } from '../json.ts';
import { readStepStatements, type StatementFacts } from './read-statements.ts';

/** A step, as its state submits it. */
export interface StepFacts extends StatementFacts {
  readonly name: string;
  /** As they are submitted. */
  readonly sqls: readonly string[];
  /** Severity, description and whether rows are shown; absent for a step that calls procedures. */
  readonly check: Members | undefined;
  readonly policy: Members;
  /** Which procedures publish together, by the names that a user gave them. */
  readonly members: readonly string[];
  /** What says that staged tables were consumed. */
  readonly consumption: Members;
}

/** Members of a step's request that are read here. */
export const STEP_MEMBERS = [
  'step',
  'sqls',
  'parameters',
  'check',
  'policy',
  'members',
  'shownAudits',
  'doneWhenConsumed',
] as const;

/** Reads the state that begins a step; undefined for every other state. */
export function readStep(state: Members): StepFacts | undefined {
  const payload = membersOf(membersOf(state.Arguments).Payload);
  const { step, sqls, statement } = payload;
  // The state that waits for the statement has the same request.
  if (typeof step !== 'string' || !Array.isArray(sqls) || statement !== undefined) return undefined;
  const texts = sqls.map(String);
  const parameters = membersOf(payload.parameters);
  const members = Array.isArray(payload.members) ? payload.members : [];
  return {
    name: step,
    sqls: texts,
    ...readStepStatements(texts, parameters),
    check: payload.check === undefined ? undefined : membersOf(payload.check),
    policy: membersOf(payload.policy),
    members: members.map((member) => String(membersOf(member).name)),
    consumption: { done: payload.doneWhenConsumed, counted: parameters.staged_rows },
  };
}
