/** What a step's place in the graph follows from. */
export interface GraphStep {
  readonly name: string;
  readonly after: readonly string[];
}

/** A step in its graph. */
export interface GraphNode {
  readonly name: string;
  /** Place among the steps as they were given. */
  readonly index: number;
  /** Steps in the longest chain that must end before this one starts. */
  readonly level: number;
  readonly dependencies: readonly GraphNode[];
  readonly dependents: readonly GraphNode[];
  /** All that must have ended before, directly or not. */
  readonly ancestors: ReadonlySet<GraphNode>;
}

/** The graph of steps that come in an order which respects every `after`, as {@link orderSteps} puts them. */
export function createStepGraph(steps: readonly GraphStep[]): readonly GraphNode[] {
  const nodes = new Map<string, GraphNode & { readonly dependents: GraphNode[] }>();
  for (const [index, { name, after }] of steps.entries()) {
    const dependencies = after.map((dependency) => {
      const node = nodes.get(dependency);
      if (node === undefined)
        throw new Error(`step ${name} is not behind ${dependency}, which it depends on`);
      return node;
    });
    const node = {
      name,
      index,
      level: Math.max(0, ...dependencies.map(({ level }) => level + 1)),
      dependencies,
      dependents: [],
      ancestors: new Set(dependencies.flatMap((dependency) => [dependency, ...dependency.ancestors])),
    };
    for (const { dependents } of dependencies) dependents.push(node);
    nodes.set(name, node);
  }
  return [...nodes.values()];
}

/** The dependencies that no other dependency of the step implies. */
export function directDependencies({ dependencies }: GraphNode): readonly GraphNode[] {
  return dependencies.filter((one) => !dependencies.some((other) => other.ancestors.has(one)));
}

/** Nodes in groups that no dependency connects, the groups and their nodes in the nodes' order. */
export function connectedGroups(nodes: readonly GraphNode[]): readonly (readonly GraphNode[])[] {
  const left = new Set(nodes);
  return nodes.flatMap((first) => {
    if (!left.delete(first)) return [];
    const group = [first];
    for (const { dependencies, dependents } of group) {
      for (const next of [...dependencies, ...dependents]) if (left.delete(next)) group.push(next);
    }
    return [group.sort((a, b) => a.index - b.index)];
  });
}
