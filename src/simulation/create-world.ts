import type { JsonObject } from '../local/index.ts';
import { LOCAL_CLUSTER, LOCAL_DATABASE } from '../local-stage/local-stage.ts';
import { readDeployed } from './aws/deployed.ts';
import { createModelEvents } from './aws/model-events.ts';
import { createStepFunctionsModel } from './aws/step-functions-model.ts';
import { createGround, type Ground } from './create-ground.ts';
import type { LoadContext } from './dms/run-load.ts';
import { watchSubmission } from './judge/watch-statements.ts';
import { watchLoads } from './people/watch-loads.ts';
import { watchRuns } from './people/watch-runs.ts';
import type { FunctionSettings } from './product/functions.ts';
import { createModelLambda } from './product/lambda.ts';
import { createModelSandboxes } from './product/sandboxes.ts';
import { createDataApiModel } from './warehouse/data-api.ts';
import { REAL_TRANSACTION } from './warehouse/run-transaction.ts';
import type { World, WorldOptions } from './world.ts';

const LOOK_BACK_HOURS = 72;

/** The world of a seed before anything has happened. */
export function createWorld(options: WorldOptions): World {
  const ground = createGround(options);
  const services = createServices(ground, options, () => world);
  const settings = { ...settingsOf(ground), ...options.variation?.settings };
  const world: World = { ...ground, ...services, settings, holds: [], people: ground.chance('people') };
  return world;
}

function createServices(ground: Ground, options: WorldOptions, world: () => World) {
  const { clock, faults, record, createId, log, chance } = ground;
  const handlerFor = createModelSandboxes(world, options);
  const { functions, rules: eventRules, others } = readDeployed(ground.plan.pipelines, ground.tasks);
  const lambda = createModelLambda({ clock, faults, functions, createId, log, handlerFor });
  const events = createModelEvents({
    ...{ clock, faults, rules: eventRules, createId },
    random: chance('events').next,
    invokeLater(name, payload) {
      if (name === 'sweep-loads') record.count('sweeps');
      lambda.invokeLater(name, payload);
    },
    onLost: record.lose,
  });
  const publish = async ({ Subject, Message }: JsonObject) => {
    record.notify(`${Subject}\n${Message}`, clock.now());
    return { MessageId: 'published' };
  };
  const rules = { ...REAL_TRANSACTION, ...options.variation?.transaction };
  const dataApi = createDataApiModel({ ...ground, random: chance('statements'), rules }, (input, sameName) =>
    watchSubmission(world(), input, sameName),
  );
  const stepFunctions = createStepFunctionsModel({
    pipelines: ground.plan.pipelines,
    others,
    createdAt: ground.beganAt,
    deps: { clock, functions: lambda.invoker, random: chance('engine').next, createId, publish },
    bus: events.bus,
    onHistoryEvent: () => record.count('historyEvents'),
    onLife: (stored, life) => watchRuns(world(), stored, life),
  });
  const loading: LoadContext = {
    ...{ ...ground, random: chance('loads') },
    publish: (event) => void events.bus.publish(event),
    onChange: (task, load) => watchLoads(world(), task, load),
  };
  return { lambda, events, dataApi, stepFunctions, loading };
}

function settingsOf({ plan, tasks, clock, chance }: Ground): FunctionSettings {
  return {
    clock,
    random: chance('product').next,
    pipelines: plan.pipelines,
    taskArns: Object.fromEntries(tasks.map(({ identifier, arn }) => [identifier, arn])),
    stage: 'local',
    target: { clusterIdentifier: LOCAL_CLUSTER, database: LOCAL_DATABASE },
    lookBackHours: LOOK_BACK_HOURS,
  };
}
