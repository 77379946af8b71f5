import { coldStart } from './functions/cold-start.ts';
import { bill } from './machines/bill.ts';
import { compile } from './machines/compile.ts';
import { graphs } from './machines/graphs.ts';
import { growth } from './runs/growth.ts';
import { path } from './runs/path.ts';
import { scale } from './runs/scale.ts';
import type { Subject } from './subject.ts';
import { waiting } from './waiting/waiting.ts';
import { audits } from './wall/audits.ts';
import { day } from './wall/day.ts';
import { local } from './wall/local.ts';
import { overhead } from './wall/overhead.ts';
import { rows } from './wall/rows.ts';
import { warm } from './wall/warm.ts';

/** Everything that is measured, in the order of docs/benchmarks.md. */
export const SUBJECTS: readonly Subject[] = [
  ...[waiting, growth, path, overhead, coldStart, warm],
  ...[compile, graphs, scale, bill, audits, local, rows, day],
];
