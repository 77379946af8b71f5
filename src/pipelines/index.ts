import type { Pipeline } from '../definition/pipeline.ts';
import { customerSales } from './customer-sales.ts';

/** Every pipeline of this service. A new one is one file in this folder and one line here. */
export const pipelines: readonly Pipeline[] = [customerSales];
