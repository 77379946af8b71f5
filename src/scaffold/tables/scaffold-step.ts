import type { AuditDefinition } from '../../steps/audit/definition.ts';
import type { CallStepDefinition } from '../../steps/call/definition.ts';
import { stepNameOf } from '../derived-names.ts';
import type { FoundCall } from '../found/found-calls.ts';
import { writtenBy } from '../found/procedure-effects.ts';
import { isToBeWritten, type ScaffoldTable } from './scaffold-table.ts';

/** A step as it is written, and what is said above it. */
export interface ScaffoldStep {
  readonly name: string;
  readonly definition: Pick<CallStepDefinition, 'call' | 'commits' | 'consumes' | 'after' | 'audit'>;
  /** Lines of a comment: what was found, and what was guessed. */
  readonly remarks: readonly string[];
}

/**
 * The steps of a pipeline: one for each table whose procedure is to be written, and one for each procedure that is there. A procedure
 * that reads what another one writes comes after it.
 */
export function stepsOf(
  tables: readonly ScaffoldTable[],
  stepNamer: (name: string) => string,
): readonly ScaffoldStep[] {
  const written = tables.filter(isToBeWritten).map(writtenStep);
  const calls = tables.flatMap(({ there, staged }) => there.calls.map((call) => ({ call, staged })));
  const byName = [...Map.groupBy(calls, ({ call }) => call.procedure.name)].map(([name, all]) => ({
    ...{ name: stepNamer(foundStepName(name)), call: (all[0] as (typeof all)[0]).call },
    staged: all.map(({ staged }) => staged),
  }));
  const ordered = orderOf(byName);
  const found = byName.map((one) => foundStep(one, ordered.get(one.name) ?? [], tables));
  return [...written, ...found];
}

function writtenStep(table: ScaffoldTable): ScaffoldStep {
  const { step, procedure, production, key, there } = table;
  const [first, ...more] = key;
  const isKeyFound = [there.production, there.staged].some((found) => (found?.key.length ?? 0) > 0);
  const audit: AuditDefinition =
    first === undefined ? { rows: production, min: 1 } : { unique: production, columns: [first, ...more] };
  const what = first === undefined ? 'how many rows it must have' : 'the columns that tell rows apart';
  return {
    name: step,
    definition: { call: procedure, audit: [audit] },
    remarks: [isKeyFound ? `found: ${what}, the primary key` : `guessed: ${what}`],
  };
}

/** `sp_load_cust_dim` gives `Load_Cust_Dim`. */
function foundStepName(procedure: string): string {
  const words = procedure.slice(procedure.indexOf('.') + 1).replace(/^(?:sp|usp|proc)_/, '');
  return stepNameOf('Load', words.replace(/^load_+(?=.)/, ''));
}

interface NamedCall {
  readonly name: string;
  readonly call: FoundCall;
  readonly staged: readonly string[];
}

function foundStep(one: NamedCall, after: readonly string[], tables: readonly ScaffoldTable[]): ScaffoldStep {
  const { name, call, staged } = one;
  const { procedure, args, effects, isNamedAlike } = call;
  const commits = effects.commits.size > 0;
  const consumed = commits ? [] : staged.filter((table) => effects.tables.get(table)?.has('DELETE'));
  const audit = commits ? undefined : auditOf(call, tables);
  return {
    name,
    definition: {
      call: args.length === 0 ? procedure.name : { procedure: procedure.name, args },
      ...(commits ? { commits } : {}),
      ...(consumed.length === 0 ? {} : { consumes: consumed }),
      ...(after.length === 0 ? {} : { after }),
      ...(audit === undefined ? {} : { audit: [audit] }),
    },
    remarks: [
      isNamedAlike
        ? 'found: the procedure, by its name. guessed: that it takes the staged rows to production'
        : `found: the procedure, which reads ${staged.join(' and ')}. guessed: that it belongs to the load`,
      ...(args.length === 0 ? [] : ['guessed: the values of its arguments']),
      ...(commits ? [`found: it holds ${[...effects.commits].join(' and ')}`] : []),
      ...(audit === undefined ? [] : ['found: the primary key of the table that it writes']),
    ],
  };
}

/** The steps that each step comes after. What would close a circle is left out: nobody knows where it begins. */
function orderOf(steps: readonly NamedCall[]): ReadonlyMap<string, readonly string[]> {
  const after = new Map<string, string[]>(steps.map(({ name }) => [name, []]));
  const leadsTo = (from: string, to: string): boolean =>
    from === to || (after.get(from) ?? []).some((before) => leadsTo(before, to));
  for (const one of steps)
    for (const other of steps)
      if (one !== other && isReadBy(other, one) && !leadsTo(other.name, one.name))
        after.get(one.name)?.push(other.name);
  return after;
}

/** Whether the other one reads what one writes. */
function isReadBy({ call }: NamedCall, { call: reader }: NamedCall): boolean {
  return writtenBy(call.effects).some((table) => reader.effects.tables.get(table)?.has('SELECT'));
}

/** Only of a key that is there: a guess would undo the work of a procedure that nobody has guessed. */
function auditOf(call: FoundCall, tables: readonly ScaffoldTable[]): AuditDefinition | undefined {
  const productions = tables.flatMap(({ there }) =>
    there.production === undefined ? [] : [there.production],
  );
  const written = productions.find(
    ({ name, key }) => key.length > 0 && writtenBy(call.effects).includes(name),
  );
  const [first, ...more] = written?.key ?? [];
  return written === undefined || first === undefined
    ? undefined
    : { unique: written.name, columns: [first, ...more] };
}
