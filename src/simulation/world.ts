import type { ModelEvents } from './aws/model-events.ts';
import type { StepFunctionsModel } from './aws/step-functions-model.ts';
import type { WorldClock } from './create-ground.ts';
import type { DmsTask } from './dms/dms-task.ts';
import type { LoadContext } from './dms/run-load.ts';
import type { Faults } from './faults.ts';
import type { WorldRecord } from './judge/record.ts';
import type { WorldPlan } from './plan/world-plan.ts';
import type { ApiCall } from './product/direct-clients.ts';
import type { Clients, FunctionSettings } from './product/functions.ts';
import type { ModelLambda } from './product/lambda.ts';
import type { Variation } from './product/variation.ts';
import type { RandomStream } from './random-stream.ts';
import type { DataApiModel } from './warehouse/data-api.ts';
import type { ModelWarehouse } from './warehouse/warehouse.ts';

export interface WorldOptions {
  readonly seed: number;
  /** What happens in it. @default what the seed plans */
  readonly plan?: WorldPlan | undefined;
  /** When it begins, epoch milliseconds. @default the beginning of 2026 */
  readonly beginsAt?: number | undefined;
  /** Faults by id, instead of all that the seed has. */
  readonly only?: ReadonlySet<string> | undefined;
  readonly variation?: Variation | undefined;
  /** Gets a line for all that happens. @default nobody */
  readonly log?: ((line: string) => void) | undefined;
  /** Looks at the world when it has come to rest, before it is judged. @default nobody */
  readonly onRest?: ((world: World) => void) | undefined;
  /** Makes the clients of an invocation. @default direct ones */
  readonly createClients?: ((call: ApiCall) => Clients) | undefined;
}

/** All of a simulated AWS, with the product in it. */
export interface World {
  readonly plan: WorldPlan;
  /** Epoch milliseconds. */
  readonly beganAt: number;
  readonly clock: WorldClock;
  readonly faults: Faults;
  readonly record: WorldRecord;
  readonly tasks: readonly DmsTask[];
  readonly warehouse: ModelWarehouse;
  readonly dataApi: DataApiModel;
  readonly stepFunctions: StepFunctionsModel;
  readonly events: ModelEvents;
  readonly lambda: ModelLambda;
  readonly settings: FunctionSettings;
  readonly loading: LoadContext;
  /** When pipelines were held and released, in order; epoch milliseconds. */
  readonly holds: { readonly pipeline: string; readonly at: number; readonly isHeld: boolean }[];
  /** Chance for the people of the world. */
  readonly people: RandomStream;
  log(line: string): void;
}
