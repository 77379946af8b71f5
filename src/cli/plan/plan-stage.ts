import { fileURLToPath } from 'node:url';
import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import type { Pipeline } from '../../definition/pipeline.ts';
import { findLiveRuns } from '../../executions/live-runs.ts';
import { reviewMigrations } from '../../migrations/migrate.ts';
import { createSqlRunner } from '../../migrations/sql-runner.ts';
import { describeDue } from '../../plan/due-migrations.ts';
import { type ComparedTrees, compareTrees, type Deployable, type Plan } from '../../plan/plan.ts';
import { messageOf } from '../../preflight/finding.ts';
import { type CheckSettings, readCheckSettings } from '../check/check-settings.ts';
import { askStage } from '../stage/ask-stage.ts';
import { clientConfigOf, type createStageClients } from '../stage/stage-clients.ts';
import { readDeployedStack, readWithoutStack } from './deployed-template.ts';
import { type PlanFlags, readTree, withoutBucket } from './make-plan.ts';

const MIGRATIONS = fileURLToPath(new URL('../../../sql/migrations', import.meta.url));

/**
 * Compares this tree with a stage as it is deployed. Only asks.
 * @param signal aborted to stop: what runs in the warehouse is cancelled, and waited for
 * @throws InvalidConfig, ServiceUnavailable where it cannot look; the signal’s reason
 */
export async function planAgainstStage(
  flags: PlanFlags,
  pipelines: readonly Pipeline[],
  signal: AbortSignal = new AbortController().signal,
): Promise<Plan> {
  const settings = await readCheckSettings(flags, pipelines);
  const { place, stage } = settings;
  const { tree, notes } = await readTree(flags, stage.stage, stage.region);
  const config = clientConfigOf(place);
  const cloudFormation = new CloudFormationClient(config);
  const events = new EventBridgeClient(config);
  try {
    return await askStage(place, async (clients) => {
      const asked = { ...clients, cloudFormation, events };
      const comparing = settings.isLocal
        ? compareLocally(settings, asked, tree)
        : compareStack(settings, asked, tree);
      const [compared, migrations, alive] = await Promise.all([
        comparing,
        looked('the migrations', [], () => readDue(settings, { ...asked, signal }, pipelines)),
        comparing.then((trees) =>
          looked('the runs that are alive', [], () =>
            findLiveRuns(asked.sfn, changedPipelines(trees), stage.stage),
          ),
        ),
      ]);
      signal.throwIfAborted();
      const failed = [...migrations.failed, ...alive.failed];
      return {
        against: describeStage(settings),
        ...compared,
        ...{ migrations: migrations.found, alive: alive.found, failed },
        notLookedAt: [...notes, ...compared.notLookedAt],
      };
    });
  } finally {
    cloudFormation.destroy();
    events.destroy();
  }
}

/** Those whose runs would not be what this tree compiles. */
function changedPipelines({ pipelines }: ComparedTrees): readonly string[] {
  return [...new Set(pipelines.flatMap(({ where }) => where.pipeline ?? []))];
}

type Asked = ReturnType<typeof createStageClients> & {
  readonly cloudFormation: CloudFormationClient;
  readonly events: EventBridgeClient;
};

function describeStage({ stage, isLocal }: CheckSettings): string {
  return isLocal ? 'stage local, as npm run local has it' : `stage ${stage.stage} in ${stage.region}`;
}

async function compareStack(
  { stage }: CheckSettings,
  { cloudFormation, sfn }: Asked,
  tree: Deployable,
): Promise<ComparedTrees> {
  const stack = `${stage.service}-${stage.stage}`;
  const before = await readDeployedStack(cloudFormation, sfn, stack);
  const compared = compareTrees(withoutBucket(before, tree), tree);
  if (before.isThere) return compared;
  return { ...compared, notLookedAt: [`stack ${stack}, which is not there: everything is new`] };
}

/** There is no template, so that only machines and the rules that start runs can be compared. */
async function compareLocally(
  { stage }: CheckSettings,
  { sfn, events }: Asked,
  tree: Deployable,
): Promise<ComparedTrees> {
  const before = await readWithoutStack(sfn, events, stage, tree.template);
  const { pipelines } = compareTrees(before, tree);
  return {
    pipelines,
    ...{ resources: [], permissions: { widened: [], narrowed: [] }, cost: undefined },
    notLookedAt: [
      'resources, permissions, cost and the functions’ code: the local AWS has no CloudFormation, no IAM and no prices, and runs the functions from this tree',
    ],
  };
}

async function readDue(
  { ownerTarget, users }: CheckSettings,
  { api, signal }: Asked & { readonly signal: AbortSignal },
  pipelines: readonly Pipeline[],
) {
  const runner = createSqlRunner(api, ownerTarget(), { signal });
  return describeDue(await reviewMigrations({ runner, folder: MIGRATIONS, placeholders: users, pipelines }));
}

/** What does not answer does not keep the rest from being shown. */
async function looked<Found>(
  what: string,
  nothing: Found,
  look: () => Promise<Found>,
): Promise<{ readonly found: Found; readonly failed: readonly string[] }> {
  try {
    return { found: await look(), failed: [] };
  } catch (error) {
    return { found: nothing, failed: [`${what}. ${messageOf(error)}`] };
  }
}
