import { type RepairFacts, renderCommands, VERB_MEANINGS, type Verb } from './commands.ts';
import { type Advice, ALWAYS } from './error-entry.ts';
import { errorEntry } from './error-table.ts';

/** What to do about an error in one case, with the commands. */
export interface Repair extends Pick<Advice, 'when' | 'repair'> {
  readonly actions: readonly RepairAction[];
}

export interface RepairAction {
  readonly verb: Verb;
  /** What it does. */
  readonly meaning: string;
  /** Complete shell commands. For DMS tasks there is one for each task. */
  readonly commands: readonly string[];
}

/** What to do about an error: the advice of the table, with the commands for this run. */
export function repairsOf(error: string, facts: RepairFacts): readonly Repair[] {
  return errorEntry(error).advice.map((advice) => repairBy(advice, facts));
}

/** An advice with its commands. */
export function repairBy({ when, repair, verbs }: Advice, facts: RepairFacts): Repair {
  const actions = verbs.map((verb) => ({
    verb,
    meaning: VERB_MEANINGS[verb],
    commands: renderCommands(verb, facts),
  }));
  return { when, repair, actions };
}

/** Repairs as lines of plain text: each case with its commands indented, and at the end what the verbs mean. */
export function repairLines(repairs: readonly Repair[]): readonly string[] {
  const cases = repairs.flatMap(({ when, repair, actions }) => [
    when === ALWAYS ? repair : `${when}. ${repair}`,
    ...actions.flatMap(({ commands }) => commands.map((command) => `  ${command}`)),
  ]);
  const actions = repairs.flatMap((repair) => repair.actions);
  const meanings = [...new Map(actions.map(({ verb, meaning }) => [verb, meaning]))];
  return [...cases, ...meanings.map(([verb, meaning]) => `${verb}: ${meaning}`)];
}
