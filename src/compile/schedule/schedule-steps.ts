import { sampleDurations } from './sample-durations.ts';
import { connectedGroups, createStepGraph, type GraphNode, type GraphStep } from './step-graph.ts';
import { inParallel, inSeries, type StepTree } from './step-tree.ts';

/** A tree, and how long it takes with each of the sampled durations. */
interface Plan {
  readonly tree: StepTree;
  readonly durations: Float64Array;
}

/** If a part has more levels than this, only its narrowest cuts are tried. */
const MOST_CUTS = 12;

/**
 * Puts steps one after the other and side by side so that each waits for as little as possible beside what it depends
 * on. Nested Parallel states cannot express every graph: steps that are connected must be cut into a former part and a
 * latter, and the latter waits for all of the former.
 *
 * A cut goes between two levels (a step's level is the length of the longest chain before it). So two steps of one level
 * are never put one after the other, which is exactly what it takes to be never slower than running level by level,
 * whatever the steps' durations. A cut that makes nobody wait is taken at once, therefore a graph that nested Parallel
 * states can express is expressed as it is; otherwise the cut is chosen whose parts, cut in the same way, take the least
 * time in the mean of sampled durations.
 * @param steps in an order that respects every `after`
 */
export function scheduleSteps(steps: readonly GraphStep[]): StepTree {
  return createPlanner()(createStepGraph(steps)).tree;
}

function createPlanner(): (nodes: readonly GraphNode[]) => Plan {
  const known = new Map<string, Plan>();

  function planAny(nodes: readonly GraphNode[]): Plan {
    return sideBySide(connectedGroups(nodes).map(planConnected));
  }

  function planConnected(nodes: readonly GraphNode[]): Plan {
    const [first] = nodes as [GraphNode];
    // Steps that are connected within a range of levels are known by one of them and the range.
    const key = `${first.index} ${first.level} ${lastLevel(nodes)}`;
    const plan = known.get(key) ?? (nodes.length === 1 ? planStep(first) : planCut(nodes));
    known.set(key, plan);
    return plan;
  }

  function planCut(nodes: readonly GraphNode[]): Plan {
    const cuts = cutsOf(nodes);
    const free = cuts.filter(({ waiting }) => waiting === 0);
    if (free.length > 0) return split(nodes, free);
    const narrowest = cuts.toSorted((a, b) => a.waiting - b.waiting).slice(0, MOST_CUTS);
    return shortest(narrowest.map((cut) => split(nodes, [cut])));
  }

  function split(nodes: readonly GraphNode[], cuts: readonly Cut[]): Plan {
    const parts = [...cuts, { level: Number.POSITIVE_INFINITY }].map(({ level }, index) => {
      const from = cuts[index - 1]?.level ?? -1;
      return nodes.filter((node) => node.level > from && node.level <= level);
    });
    return oneAfterTheOther(parts.map(planAny));
  }

  return planAny;
}

/** A barrier between one level and the next. */
interface Cut {
  /** The last level before it. */
  readonly level: number;
  /** Pairs of a step before the barrier and a step right after it that does not depend on the first. */
  readonly waiting: number;
}

/** @param nodes that are connected within their levels: so are a node's ancestors from the first of these levels on */
function cutsOf(nodes: readonly GraphNode[]): readonly Cut[] {
  const levels = [...Map.groupBy(nodes, ({ level }) => level)].toSorted(([a], [b]) => a - b);
  const [[first] = [0]] = levels;
  let before = 0;
  return levels.slice(0, -1).map(([level, ofLevel], index) => {
    before += ofLevel.length;
    const [, next = []] = levels[index + 1] ?? [];
    const waiting = next.map(({ ancestors }) => before - countFrom(first, ancestors));
    return { level, waiting: waiting.reduce((sum, count) => sum + count, 0) };
  });
}

function countFrom(first: number, nodes: ReadonlySet<GraphNode>): number {
  let count = 0;
  for (const { level } of nodes) if (level >= first) count += 1;
  return count;
}

function lastLevel(nodes: readonly GraphNode[]): number {
  return Math.max(...nodes.map(({ level }) => level));
}

function planStep({ name }: GraphNode): Plan {
  return { tree: { kind: 'step', name }, durations: sampleDurations(name) };
}

function oneAfterTheOther(plans: readonly Plan[]): Plan {
  return { tree: inSeries(plans.map(({ tree }) => tree)), durations: eachWay(plans, (a, b) => a + b) };
}

function sideBySide(plans: readonly Plan[]): Plan {
  return { tree: inParallel(plans.map(({ tree }) => tree)), durations: eachWay(plans, Math.max) };
}

function eachWay(plans: readonly Plan[], combine: (a: number, b: number) => number): Float64Array {
  const [first, ...others] = plans as [Plan, ...Plan[]];
  const all = first.durations.slice();
  for (const { durations } of others) {
    for (let way = 0; way < all.length; way += 1) {
      all[way] = combine(all[way] as number, durations[way] as number);
    }
  }
  return all;
}

function shortest(plans: readonly Plan[]): Plan {
  const total = ({ durations }: Plan) => durations.reduce((sum, duration) => sum + duration, 0);
  return plans.reduce((best, plan) => (total(plan) < total(best) ? plan : best));
}
