import type { Clock } from '../../clock.ts';
import type { DeployedFunction } from '../../compile/template/function-names.ts';
import type { RunGuard } from '../../statements/attempt.ts';
import type { TransactionRules } from '../warehouse/run-transaction.ts';
import type { Clients, FunctionSettings, ModelHandler } from './functions.ts';

/** A mistake that somebody could make, put into worlds to see that it is noticed. */
export interface Defect {
  readonly name: string;
  readonly variation: Variation;
}

/** What a deliberate defect changes where the product is put together. Nothing of it is in the product. */
export interface Variation {
  readonly transaction?: Partial<TransactionRules>;
  /** Changes what a function sends. */
  readonly rewriteInput?: (name: string, input: object, parts: VariationParts) => object;
  /** Changes what a function is answered. */
  readonly rewriteAnswer?: (
    name: string,
    answer: object,
    input: object,
    clock: Clock,
  ) => object | Promise<object>;
  readonly guard?: (clients: Clients) => RunGuard;
  readonly settings?: Partial<FunctionSettings>;
  /** Functions that are replaced as a whole. */
  readonly functions?: Partial<
    Record<DeployedFunction, (clients: Clients, settings: FunctionSettings) => ModelHandler>
  >;
}

export interface VariationParts {
  /** What the function was invoked with. */
  readonly event: unknown;
  random(): number;
}
