import type { Subject } from './subject.ts';
import { waiting } from './waiting/waiting.ts';

/** Everything that is measured, in the order of docs/benchmarks.md. */
export const SUBJECTS: readonly Subject[] = [waiting];
