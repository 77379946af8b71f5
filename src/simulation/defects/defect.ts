import type { Variation } from '../product/variation.ts';

/** A mistake that somebody could make, put into worlds to see that it is noticed. */
export interface Defect {
  readonly name: string;
  readonly variation: Variation;
}
