import type { TableRight } from '../../preflight/sql/reading.ts';
import { readEffects, type SqlEffects } from '../../preflight/sql/touched-tables.ts';
import type { FoundProcedure } from './found-stage.ts';

/** What a procedure does, together with those that it calls. */
export interface ProcedureEffects {
  /** Rights that it needs, by `schema.table`. */
  readonly tables: ReadonlyMap<string, ReadonlySet<TableRight>>;
  /** Words that end the transaction. */
  readonly commits: ReadonlySet<string>;
  /** Procedures that it calls, directly or not. */
  readonly calls: ReadonlySet<string>;
}

/** Reads a procedure's text, and those of the procedures that it calls, each once. */
export function effectsOf(procedure: FoundProcedure, all: readonly FoundProcedure[]): ProcedureEffects {
  const calls = new Set<string>();
  const follow = ({ body }: FoundProcedure): readonly SqlEffects[] => {
    const effects = readEffects(body);
    const due = [...effects.calls].filter((name) => !calls.has(name));
    for (const name of due) calls.add(name);
    return [effects, ...all.filter(({ name }) => due.includes(name)).flatMap(follow)];
  };
  const read = follow(procedure);
  const needs = Map.groupBy(
    read.flatMap(({ tables }) => [...tables]),
    ([table]) => table,
  );
  return {
    tables: new Map(
      [...needs].map(([table, found]) => [table, new Set(found.flatMap(([, rights]) => [...rights]))]),
    ),
    commits: new Set(read.flatMap(({ commits }) => commits)),
    calls,
  };
}

/** The tables that a procedure puts rows into. */
export function writtenBy({ tables }: ProcedureEffects): readonly string[] {
  return [...tables]
    .filter(([, rights]) => rights.has('INSERT') || rights.has('UPDATE'))
    .map(([table]) => table);
}
