import type { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import type { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import type { PricingClient } from '@aws-sdk/client-pricing';
import type { STSClient } from '@aws-sdk/client-sts';
import type { Clock } from '../clock.ts';
import type { Stage } from '../compile/stage/stage.ts';
import type { StepFunctions } from '../executions/start-execution.ts';
import type { Dms } from '../loads/describe-task.ts';
import type { WarehouseUsers } from '../preflight/warehouse/warehouse-facts.ts';
import type { Scratch } from './scratch.ts';
import type { WarehouseSession } from './warehouse.ts';

/** Something that only an account can show: the line in docs/guarantees.md, and the check that settles it. */
export interface Question {
  /** Does not change: `--only` names it. */
  readonly id: string;
  /** Asked so that `yes` is what the system relies on. Markdown, with links as in docs/guarantees.md. */
  readonly question: string;
  /** What the code does with it, or why nobody knows. Stands behind the question in the document. */
  readonly note?: string;
  /** Ends "the answer is no: ". Names the promise, or what is worse then. */
  readonly ifNo: string;
  /** Kinds of scratch objects that settling it makes. */
  readonly creates: readonly Creation[];
  /** Never leaves anything behind that is not in the world's scratch. */
  settle(world: AskedWorld): Promise<Settled>;
}

/** What a question may create, by what has to be removed. */
export type Creation = 'schema' | 'alarm' | 'stack';

/** `open`: it could not be settled here. */
export type Verdict = 'yes' | 'no' | 'open';

export interface Settled {
  readonly verdict: Verdict;
  /** What AWS has answered, with its id; for an open question what is missing, and the steps that settle it. No rows, no secrets. */
  readonly evidence: string;
}

/** The services of a stage's account. */
export interface AccountClients {
  readonly sfn: StepFunctions;
  readonly dms: Dms;
  readonly cloudWatch: Pick<CloudWatchClient, 'send'>;
  readonly cloudFormation: Pick<CloudFormationClient, 'send'>;
  readonly pricing: Pick<PricingClient, 'send'>;
  readonly sts: Pick<STSClient, 'send'>;
}

/** What a question is settled with. */
export interface AskedWorld {
  readonly stage: Stage;
  readonly users: WarehouseUsers;
  /** As the user who migrates. */
  readonly owner: WarehouseSession;
  /** As the user who runs the pipelines, where the caller can be that. */
  readonly runtime: WarehouseSession;
  readonly clients: AccountClients;
  readonly scratch: Scratch;
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

export const yes = (evidence: string): Settled => ({ verdict: 'yes', evidence });
export const no = (evidence: string): Settled => ({ verdict: 'no', evidence });
export const open = (evidence: string): Settled => ({ verdict: 'open', evidence });

/** The answer of a yes-or-no fact. */
export const yesIf = (fact: boolean, evidence: string): Settled => (fact ? yes(evidence) : no(evidence));
