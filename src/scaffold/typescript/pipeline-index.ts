import { InvalidConfig } from '../../errors/errors.ts';
import type { FileEdit } from '../project.ts';
import { type ArrayLiteral, parseModule, splice, topVariables, withItem } from './parse-module.ts';

/** The list of all pipelines. */
export const PIPELINE_INDEX = 'src/pipelines/index.ts';

/**
 * Adds a pipeline to the list of all pipelines; undefined where it is listed already.
 * @throws InvalidConfig where the list has another form, with what is to be added by hand
 */
export function listPipeline(text: string, identifier: string, file: string): FileEdit | undefined {
  const module = parseModule(PIPELINE_INDEX, text);
  const from = `./${file}.ts`;
  const line = `import { ${identifier} } from '${from}';`;
  const imports = module.program.body.filter((statement) => statement.type === 'ImportDeclaration');
  const list = topVariables(module).find(({ name }) => name === 'pipelines')?.value;
  if (list?.type !== 'ArrayExpression' || imports.length === 0)
    throw new InvalidConfig(
      `${PIPELINE_INDEX}: has no imports with a list \`pipelines = [ … ]\` behind them that could be added to. Add by hand: ${line} and ${identifier} in the list`,
    );
  if (imports.some(({ source }) => source.value === from) && holds(list, identifier)) return undefined;
  const end = imports.at(-1)?.end ?? 0;
  const after = splice(withItem(module, list, identifier), end, `\n${line}`);
  return { path: PIPELINE_INDEX, before: text, after };
}

/** Names that a module's imports and declarations take. */
export function namesIn(text: string): readonly string[] {
  const module = parseModule(PIPELINE_INDEX, text);
  const imported = module.program.body.flatMap((statement) =>
    statement.type === 'ImportDeclaration' ? statement.specifiers.map(({ local }) => local.name) : [],
  );
  return [...imported, ...topVariables(module).map(({ name }) => name)];
}

function holds({ elements }: ArrayLiteral, identifier: string): boolean {
  return elements.some((element) => element?.type === 'Identifier' && element.name === identifier);
}
