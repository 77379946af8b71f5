import { type Comment, type Node, type Program, parseSync } from 'oxc-parser';
import { InvalidConfig } from '../../errors/errors.ts';

/** A module's text and its syntax tree. Offsets are those of the text. */
export interface ParsedModule {
  readonly path: string;
  readonly text: string;
  readonly program: Program;
  readonly comments: readonly Comment[];
}

export type ObjectLiteral = Extract<Node, { type: 'ObjectExpression' }>;
export type ArrayLiteral = Extract<Node, { type: 'ArrayExpression' }>;

/** @throws InvalidConfig where the text is not TypeScript */
export function parseModule(path: string, text: string): ParsedModule {
  const { program, comments, errors } = parseSync(path, text);
  const [error] = errors;
  if (error !== undefined) throw new InvalidConfig(`${path}: is not TypeScript: ${error.message}`);
  return { path, text, program, comments };
}

/** The expression itself, without `as X`, `satisfies X` and parentheses. */
export function unwrapped(node: Node | null | undefined): Node | undefined {
  let inner = node ?? undefined;
  while (
    inner?.type === 'TSAsExpression' ||
    inner?.type === 'TSSatisfiesExpression' ||
    inner?.type === 'ParenthesizedExpression'
  )
    inner = inner.expression;
  return inner;
}

/** Variables that a module declares at its top, exported or not, with what they are. */
export function topVariables({
  program,
}: ParsedModule): readonly { readonly name: string; readonly value: Node | undefined }[] {
  return program.body.flatMap((statement) => {
    const declaration = statement.type === 'ExportNamedDeclaration' ? statement.declaration : statement;
    if (declaration?.type !== 'VariableDeclaration') return [];
    return declaration.declarations.flatMap(({ id, init }) =>
      id.type === 'Identifier' ? [{ name: id.name, value: unwrapped(init) }] : [],
    );
  });
}

/** The text with one more item at the end of a list or an object, behind its comments. */
export function withItem(module: ParsedModule, list: ObjectLiteral | ArrayLiteral, item: string): string {
  const { text, comments } = module;
  const items = list.type === 'ObjectExpression' ? list.properties : list.elements;
  const close = list.end - 1;
  const last = items.at(-1);
  if (last === undefined || last === null) return splice(text, close, item);
  const hasComma = hasCommaBetween(text, comments, last.end, close);
  const added = `${text.slice(last.end, close).includes('\n') ? '  ' : ' '}${item},`;
  return splice(splice(text, close, added), last.end, hasComma ? '' : ',');
}

/** The text with another at an offset. */
export function splice(text: string, offset: number, added: string): string {
  return text.slice(0, offset) + added + text.slice(offset);
}

function hasCommaBetween(text: string, comments: readonly Comment[], from: number, to: number): boolean {
  for (let offset = from; offset < to; offset += 1) {
    const comment = comments.find(({ start, end }) => start <= offset && offset < end);
    if (comment === undefined && text[offset] === ',') return true;
  }
  return false;
}
