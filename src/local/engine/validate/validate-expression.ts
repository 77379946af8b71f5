import type { Json } from '../../contracts.ts';
import { expressionSource, parseExpression } from '../expression/expression.ts';
import type { ProblemReport } from './problem.ts';

/** What `$states` has in a field beside `input` and `context`. */
export type Available = 'result' | 'errorOutput';

/**
 * Reports every expression in a template that does not parse, that refers to a context it has not, or that reads a
 * member of `$states` the field does not offer (docs: Transforming data with JSONata, "Reserved variable").
 */
export function checkTemplate(
  value: Json | undefined,
  location: string,
  report: ProblemReport,
  available: readonly Available[] = [],
): void {
  if (typeof value === 'string') {
    const source = expressionSource(value);
    if (source !== undefined) checkExpression(source, location, report, available);
  } else if (Array.isArray(value)) {
    value.forEach((item: Json, index) => {
      checkTemplate(item, `${location}[${index}]`, report, available);
    });
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, item] of Object.entries(value)) {
      checkTemplate(item, `${location}/${key}`, report, available);
    }
  }
}

function checkExpression(
  source: string,
  location: string,
  report: ProblemReport,
  available: readonly Available[],
): void {
  let ast: unknown;
  try {
    ast = parseExpression(source).ast;
  } catch (error) {
    report.add('INVALID_JSONATA_EXPRESSION', (error as { message: string }).message, location);
    return;
  }
  for (const name of topLevelReferences(ast)) {
    const message = `Reference to '${name}' at the top level is not supported.`;
    report.add('UNSUPPORTED_JSONATA_EXPRESSION', message, location);
  }
  for (const member of statesReads(ast)) {
    if ((member !== 'result' && member !== 'errorOutput') || available.includes(member)) continue;
    const message = `Reference to '$states.${member}' is not supported in this field.`;
    report.add('UNSUPPORTED_JSONATA_EXPRESSION', message, location);
  }
}

interface Node {
  readonly type?: string;
  readonly value?: unknown;
  readonly [member: string]: unknown;
}

/** Members of a node whose expressions see the node's own value as their context. */
const INNER = new Set([
  'predicate',
  'stages',
  'group',
  'terms',
  'pattern',
  'update',
  'delete',
  'focus',
  'index',
]);

/**
 * Names an expression takes from a context it does not have: Step Functions evaluates without an input document, so a
 * path must begin at `$states` or at a variable.
 */
function topLevelReferences(ast: unknown): readonly string[] {
  const found = new Set<string>();
  visit(ast, (name) => found.add(name));
  return [...found];
}

function visit(node: unknown, found: (name: string) => void): void {
  if (Array.isArray(node)) {
    for (const item of node) visit(item, found);
    return;
  }
  if (!isNode(node)) return;
  const name = contextReference(node);
  if (name !== undefined) found(name);
  if (node.type === 'path') {
    visit((node.steps as readonly unknown[])[0], found);
    return;
  }
  for (const [member, child] of Object.entries(node)) {
    if (!INNER.has(member)) visit(child, found);
  }
}

/** What the node reads of the context, when it is one that does. */
function contextReference({ type, value }: Node): string | undefined {
  if (type === 'name') return String(value);
  if (type === 'wildcard') return '*';
  if (type === 'descendant') return '**';
  if (type === 'variable' && (value === '' || value === '$')) return `$${value}`;
  return undefined;
}

/** Members of `$states` that the expression reads by name. */
function statesReads(ast: unknown): readonly string[] {
  const found = new Set<string>();
  walk(ast, (node) => {
    if (node.type !== 'path') return;
    const [first, second] = node.steps as readonly Node[];
    if (first?.type === 'variable' && first.value === 'states' && second?.type === 'name') {
      found.add(String(second.value));
    }
  });
  return [...found];
}

function walk(node: unknown, seen: (node: Node) => void): void {
  if (Array.isArray(node)) {
    for (const item of node) walk(item, seen);
  } else if (isNode(node)) {
    seen(node);
    for (const child of Object.values(node)) walk(child, seen);
  }
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null;
}
