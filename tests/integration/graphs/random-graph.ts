import { createSeededRandom } from '../../../src/local/engine/expression/jsonata-functions.ts';

/** Steps with what they depend on, and how long each of them takes: seconds. */
export interface TimedGraph {
  readonly steps: readonly { readonly name: string; readonly after: readonly string[] }[];
  readonly seconds: ReadonlyMap<string, number>;
}

/** How many steps a step depends on: equally likely. */
const DEPENDENCY_COUNTS = [1, 1, 2, 2, 3];
/** How often a dependency is of the nearest earlier layer; otherwise of any earlier one. */
const NEAREST = 0.8;

/**
 * Graphs of 5 to 60 steps in 2 to 6 layers, with durations that are lognormal(3, 1): 20 seconds in the median. Their
 * names say nothing.
 */
export function* randomGraphs(seed: number, count: number): Generator<TimedGraph> {
  const random = createSeededRandom(seed);
  for (let graph = 0; graph < count; graph += 1) yield randomGraph(random);
}

function randomGraph(random: () => number): TimedGraph {
  const upTo = (count: number) => Math.floor(random() * count);
  const pick = <T>(items: readonly T[]) => items[upTo(items.length)] as T;
  const size = 5 + upTo(56);
  const layers = placeInLayers(size, Math.min(size, 2 + upTo(5)), upTo);

  const steps = layers.flatMap((layer, depth) =>
    layer.map((name) => {
      if (depth === 0) return { name, after: [] };
      const earlier = layers.slice(0, depth).flat();
      const count = Math.min(pick(DEPENDENCY_COUNTS), earlier.length);
      const after = new Set<string>();
      for (let tries = 0; after.size < count && tries < 100; tries += 1) {
        after.add(pick(random() < NEAREST ? (layers[depth - 1] as readonly string[]) : earlier));
      }
      return { name, after: [...after] };
    }),
  );
  return { steps, seconds: new Map(steps.map(({ name }) => [name, Math.exp(3 + normal(random))])) };
}

/** Every layer has a step; the others fall where they fall. */
function placeInLayers(size: number, count: number, upTo: (count: number) => number): readonly string[][] {
  const layers: string[][] = Array.from({ length: count }, () => []);
  for (let step = 0; step < size; step += 1) layers[step < count ? step : upTo(count)]?.push(`Step_${step}`);
  return layers;
}

/** Box and Muller. */
function normal(random: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}
