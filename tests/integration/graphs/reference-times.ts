import type { TimedGraph } from './random-graph.ts';

/** When a graph would end if no step waited for anything but its dependencies, and if it ran level by level: seconds. */
export interface ReferenceTimes {
  readonly criticalPath: number;
  readonly levelByLevel: number;
}

/** Both, worked out from the dependencies alone. */
export function referenceTimes({ steps, seconds }: TimedGraph): ReferenceTimes {
  const ends = new Map<string, number>();
  const levels = new Map<string, number>();
  const longest: number[] = [];
  for (const { name, after } of steps) {
    const duration = seconds.get(name) ?? 0;
    const level = Math.max(0, ...after.map((dependency) => (levels.get(dependency) ?? 0) + 1));
    levels.set(name, level);
    ends.set(name, duration + Math.max(0, ...after.map((dependency) => ends.get(dependency) ?? 0)));
    longest[level] = Math.max(longest[level] ?? 0, duration);
  }
  return {
    criticalPath: Math.max(...ends.values()),
    levelByLevel: longest.reduce((sum, duration) => sum + duration, 0),
  };
}
