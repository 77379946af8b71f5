import { InvalidConfig } from '../../errors/errors.ts';
import { compareTrees, type Deployable, type Plan } from '../../plan/plan.ts';
import { stageOf } from '../../plan/template/template.ts';
import type { CheckFlags } from '../check/check-settings.ts';
import { findStage } from '../stage/stage-place.ts';
import { readSavedTemplate } from './saved-template.ts';
import { makeTreeTemplate } from './tree-template.ts';

export interface PlanFlags extends CheckFlags {
  /** A template that was kept, or its folder. */
  readonly against?: string;
  /** What npm run package has written of this tree. */
  readonly packaged?: string;
}

/** Compares this tree with a template that was kept. Asks nobody. */
export async function planAgainstFile(flags: PlanFlags, path: string): Promise<Plan> {
  const before = await readSavedTemplate(path);
  const stage = flags.stage ?? stageOf(before.template);
  if (stage === undefined)
    throw new InvalidConfig(`${path} has no state machine that says its stage: pass --stage`);
  const { region } = await findStage({ ...flags, stage });
  const { tree, notes } = await readTree(flags, stage, region);
  const compared = compareTrees(withoutBucket(before, tree), tree);
  return {
    against: `stage ${stage}, as ${path} has it`,
    ...compared,
    ...{ migrations: [], alive: [], failed: [] },
    notLookedAt: [
      ...notes,
      ...compared.notLookedAt,
      'migrations that are due, and runs that are alive: --stage asks the stage itself',
    ],
  };
}

/** This tree, as it was packaged or as its template can be made at once. */
export async function readTree(
  { packaged }: PlanFlags,
  stage: string,
  region: string | undefined,
): Promise<{ readonly tree: Deployable; readonly notes: readonly string[] }> {
  if (packaged !== undefined) {
    const tree = await readSavedTemplate(packaged);
    const own = stageOf(tree.template);
    if (own === stage || own === undefined) return { tree, notes: [] };
    throw new InvalidConfig(`${packaged} is packaged for stage ${own}, not for ${stage}: package it again`);
  }
  if (region === undefined)
    throw new InvalidConfig(`the Region of stage ${stage} is not known: pass --region`);
  const tree = await makeTreeTemplate(stage, region);
  const { unresolved } = tree;
  if (unresolved.length === 0) return { tree, notes: [] };
  return {
    tree,
    notes: [
      `${unresolved.join(', ')} of serverless.yml, which only packaging resolves: npm run package, then --packaged .serverless`,
    ],
  };
}

/** The deployment bucket is the framework’s own, and never changes: a template that was made without the framework lacks it. */
export function withoutBucket(before: Deployable, tree: Deployable): Deployable {
  const left = BUCKET.filter((id) => tree.template.Resources[id] === undefined);
  const kept = Object.entries(before.template.Resources).filter(([id]) => !left.includes(id));
  const { Outputs: outputs } = left.length === 0 ? before.template : tree.template;
  return {
    ...before,
    template: { ...before.template, Outputs: outputs, Resources: Object.fromEntries(kept) },
  };
}

const BUCKET = ['ServerlessDeploymentBucket', 'ServerlessDeploymentBucketPolicy'];
