import type { Bindings } from './expression.ts';

/** Reads a value. Answers {@link UNSURE} where it takes JSONata to say what it is, undefined where there is none. */
export type Reader = (bindings: Bindings) => unknown;

/** There is more to it: an array on the way, which JSONata maps and flattens, or a function that is redefined. */
export const UNSURE = Symbol('left to JSONata');

/** A node of JSONata's syntax tree. */
export interface Node {
  readonly type: string;
  readonly value?: unknown;
  readonly position?: number;
  readonly [member: string]: unknown;
}

/** Makes the reader of a node, where it is plain. */
export type Compile = (node: Node) => Reader | undefined;

/** Whether a node has these members and no others: no predicates, no order, no grouping. */
export function isPlain(node: Node, members: readonly string[]): boolean {
  const known = ['type', 'position', ...members];
  return Object.keys(node).every((key) => node[key] === undefined || known.includes(key));
}

export function isRecord(value: unknown): value is { readonly [key: string]: unknown } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
