import type { Defect } from './defect.ts';
import { RUN_DEFECTS } from './run-defects.ts';
import { START_DEFECTS } from './start-defects.ts';
import { STATEMENT_DEFECTS } from './statement-defects.ts';

/** Every mistake that the simulation must notice. */
export const DEFECTS: readonly Defect[] = [...STATEMENT_DEFECTS, ...RUN_DEFECTS, ...START_DEFECTS];
