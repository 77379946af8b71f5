import { readEffects } from '../sql/touched-tables.ts';
import { type AskCatalog, readProcedures } from './read-catalog.ts';
import type { ProcedureFacts } from './warehouse-facts.ts';

/** Calls in calls that are read at most: procedures that call each other in a circle have no end. */
const DEEPEST = 30;

/** Procedures by their names, and those that these call, as deep as they go. */
export async function readProceduresDeep(
  ask: AskCatalog,
  names: readonly string[],
  runtime: string,
): Promise<readonly ProcedureFacts[]> {
  const found: ProcedureFacts[] = [];
  const asked = new Set<string>();
  let due = names;
  for (let depth = 0; due.length > 0 && depth < DEEPEST; depth += 1) {
    const facts = await readProcedures(ask, due, runtime);
    for (const name of due) asked.add(name);
    found.push(...facts);
    due = [...new Set(facts.flatMap(({ body }) => [...readEffects(body).calls]))].filter(
      (name) => !asked.has(name),
    );
  }
  return found;
}

/** A procedure that another one calls. */
export interface NestedCall {
  readonly name: string;
  /** The one whose text calls it. */
  readonly caller: string;
  /** The owner as whom the call runs; absent where it runs as the user of the session. */
  readonly asOwner?: string;
  /** All of its name: which of them is called follows from types that a text does not tell. */
  readonly found: readonly ProcedureFacts[];
}

/** All calls below a procedure, each procedure once for each user as whom it runs. */
export function nestedCalls(
  procedure: ProcedureFacts,
  all: readonly ProcedureFacts[],
): readonly NestedCall[] {
  const seen = new Set<string>();
  const follow = ({ name: caller, body, definer }: ProcedureFacts, outer?: string): readonly NestedCall[] => {
    const asOwner = definer ?? outer;
    return [...readEffects(body).calls].flatMap((name) => {
      const key = JSON.stringify([name, asOwner]);
      if (seen.has(key)) return [];
      seen.add(key);
      const found = all.filter((one) => one.name === name);
      const call = { name, caller, found, ...(asOwner === undefined ? {} : { asOwner }) };
      return [call, ...(found.length === 1 ? found.flatMap((one) => follow(one, asOwner)) : [])];
    });
  };
  return follow(procedure);
}
