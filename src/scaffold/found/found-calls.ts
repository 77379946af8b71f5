import { fitsTypes, passedTypes } from '../../preflight/warehouse/argument-types.ts';
import type { Argument } from '../../steps/call/argument.ts';
import type { FoundProcedure } from './found-stage.ts';
import { effectsOf, type ProcedureEffects } from './procedure-effects.ts';

/** A procedure that is there, and how a step calls it. */
export interface FoundCall {
  readonly procedure: FoundProcedure;
  readonly args: readonly Argument[];
  readonly effects: ProcedureEffects;
  /** What tells that it belongs to the staged table: it reads it, or it has the name that would be written. */
  readonly isNamedAlike: boolean;
}

/** The procedures for a staged table, and those that no step can call. */
export interface FoundCalls {
  readonly calls: readonly FoundCall[];
  /** In words. */
  readonly left: readonly string[];
}

/**
 * The procedures that read a staged table and that no other of them calls; without one, that of the name that would be written.
 * @param wouldBe the name that would be written, `schema.name`
 */
export function callsFor(staged: string, wouldBe: string, procedures: readonly FoundProcedure[]): FoundCalls {
  const read = procedures.map((procedure) => ({ procedure, effects: effectsOf(procedure, procedures) }));
  const readers = read.filter(({ effects }) => effects.tables.get(staged)?.has('SELECT'));
  const outermost = readers.filter(
    ({ procedure: { name } }) =>
      !readers.some(({ procedure, effects }) => procedure.name !== name && effects.calls.has(name)),
  );
  const isNamedAlike = outermost.length === 0;
  const meant = isNamedAlike ? read.filter(({ procedure }) => procedure.name === wouldBe) : outermost;
  const calls: FoundCall[] = [];
  const left: string[] = [];
  for (const [name, overloads] of Map.groupBy(meant, ({ procedure }) => procedure.name)) {
    const callable = overloads
      .map((one) => ({ ...one, args: argumentsFor(one.procedure) }))
      .filter((one): one is typeof one & { args: readonly Argument[] } => one.args !== undefined)
      .toSorted((one, other) => one.args.length - other.args.length);
    const [first] = callable;
    if (first !== undefined) calls.push({ ...first, isNamedAlike });
    else left.push(`${name}(${overloads[0]?.procedure.argumentTypes.join(', ')})`);
  }
  return { calls, left };
}

/** Values of these types; undefined where one of them cannot be passed. */
function argumentsFor({ argumentTypes }: FoundProcedure): readonly Argument[] | undefined {
  const args = argumentTypes.map((type) => VALUES.find(({ of }) => of.test(type))?.value);
  const all = args.filter((value) => value !== undefined);
  return all.length === args.length && fitsTypes(passedTypes(all), argumentTypes) ? all : undefined;
}

const VALUES: readonly { readonly of: RegExp; readonly value: Argument }[] = [
  { of: /^(?:character|text)/, value: { run: 'loadId' } },
  { of: /^timestamp without/, value: { run: 'loadTime', as: 'timestamp' } },
  { of: /^timestamp with /, value: { run: 'loadTime', as: 'timestamptz' } },
  { of: /^date$/, value: { run: 'loadTime', as: 'date' } },
  { of: /^(?:smallint|integer|bigint|numeric|real|double precision)/, value: 0 },
  { of: /^boolean$/, value: false },
];
