import type { Pipeline } from '../../definition/pipeline.ts';
import type { CallStep } from '../../steps/call/definition.ts';
import type { FindingOf, Where } from '../finding.ts';
import { readEffects } from '../sql/touched-tables.ts';
import { judgeCallable, missingProcedure, unmarkedCommit } from './judge-procedures.ts';
import type { Repairs } from './judge-tables.ts';
import { type NestedCall, nestedCalls } from './nested-procedures.ts';
import type { ProcedureFacts } from './warehouse-facts.ts';

/** Procedures that the procedures of steps call: missing, not allowed, or committing where the step does not say so. */
export function judgeNested(
  pipelines: readonly Pipeline[],
  procedures: readonly ProcedureFacts[],
  repairs: Repairs,
): readonly FindingOf[] {
  const found = pipelines.flatMap(({ name: pipeline, steps }) =>
    steps.flatMap((step) =>
      (step.kind === 'call' ? step.calls : []).flatMap(({ procedure }) => {
        const outer = procedures.filter(({ name }) => name === procedure);
        return outer.flatMap((facts) =>
          nestedCalls(facts, procedures).flatMap((call) =>
            judgeCall({ pipeline, step: step.name, object: call.name }, step as CallStep, call, repairs),
          ),
        );
      }),
    ),
  );
  // Several steps may lead to one procedure.
  return found.filter(({ what }, index) => found.findIndex((other) => other.what === what) === index);
}

function judgeCall(where: Where, step: CallStep, call: NestedCall, repairs: Repairs): readonly FindingOf[] {
  const { name, caller, asOwner, found } = call;
  const called = { where, name, passed: [], found };
  const [only, ...more] = found;
  if (only === undefined) {
    const missing = missingProcedure(called, repairs);
    return [{ ...missing, what: `There is no procedure ${name}, which ${caller} calls.` }];
  }
  if (more.length > 0) return [uncertainOverload(where, call)];
  const { commits, doubts } = readEffects(only.body);
  return [
    // As an owner, it is the owner who must be allowed.
    ...(asOwner === undefined ? judgeCallable(called, found, repairs) : []),
    ...(commits.length > 0 && !step.commits
      ? [unmarkedCommit(where, `${name}, which ${caller} calls,`, commits)]
      : []),
    ...doubts.map(
      (doubt): FindingOf => ({
        ...{ id: 'body-not-read', severity: 'uncertain', where },
        what: `Of ${name}, which ${caller} calls: ${doubt}.`,
        consequence: 'Rights that it needs there were not looked for.',
        repair: 'Look at this place of the procedure yourself.',
      }),
    ),
  ];
}

function uncertainOverload(where: Where, { name, caller, found }: NestedCall): FindingOf {
  return {
    ...{ id: 'body-not-read', severity: 'uncertain', where },
    what: `${caller} calls ${name}, of which there are ${found.length} with different arguments: which one it is, is not certain.`,
    consequence: 'Rights that they need were not looked for.',
    repair: 'Look at this place of the procedure yourself.',
  };
}
