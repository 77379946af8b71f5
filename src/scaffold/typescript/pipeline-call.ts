import type { Node } from 'oxc-parser';
import { type ObjectLiteral, type ParsedModule, topVariables, unwrapped } from './parse-module.ts';

/** A pipeline as its file writes it. */
export interface WrittenPipeline {
  /** Its full name; undefined where the file does not write it as a text. */
  readonly name: string | undefined;
  readonly definition: ObjectLiteral;
}

/** The calls of definePipeline that a module puts into its variables. */
export function writtenPipelines(module: ParsedModule): readonly WrittenPipeline[] {
  return topVariables(module).flatMap(({ value }) => {
    if (value?.type !== 'CallExpression' || value.callee.type !== 'Identifier') return [];
    const definition = unwrapped(value.arguments[0]);
    if (value.callee.name !== 'definePipeline' || definition?.type !== 'ObjectExpression') return [];
    const name = textOf(valueOfKey(definition, 'name'));
    return [{ name, definition }];
  });
}

/** Keys of an object that only has such as can be read; undefined for one with spreads, computed keys or methods. */
export function keysOf({ properties }: ObjectLiteral): readonly string[] | undefined {
  const keys = properties.map((property) => (property.type === 'Property' ? keyOf(property) : undefined));
  return keys.every((key) => key !== undefined) ? keys : undefined;
}

/** What stands behind a key, without `as X` and parentheses. */
export function valueOfKey(object: ObjectLiteral, key: string): Node | undefined {
  const found = object.properties.find((property) => property.type === 'Property' && keyOf(property) === key);
  return found?.type === 'Property' ? unwrapped(found.value) : undefined;
}

/** The text of a literal, with quotes or backticks. */
function textOf(node: Node | undefined): string | undefined {
  if (node?.type === 'Literal' && typeof node.value === 'string') return node.value;
  if (node?.type === 'TemplateLiteral' && node.expressions.length === 0)
    return node.quasis[0]?.value.cooked ?? undefined;
  return undefined;
}

/** The value of a literal, or of an object or list of such; undefined where it is not one. */
export function literalOf(node: Node | null | undefined): unknown {
  const value = unwrapped(node);
  if (value?.type === 'ArrayExpression') return value.elements.map(literalOf);
  if (value?.type === 'ObjectExpression')
    return Object.fromEntries((keysOf(value) ?? []).map((key) => [key, literalOf(valueOfKey(value, key))]));
  return value?.type === 'Literal' ? value.value : textOf(value);
}

function keyOf({ key, computed }: Extract<Node, { type: 'Property' }>): string | undefined {
  if (computed) return undefined;
  return key.type === 'Identifier' ? key.name : textOf(key);
}
