import { InvalidConfig } from '../../errors/errors.ts';
import { planColumns, type RowFilter, type TableMappings, type TableName } from '../../local/parts.ts';
import { describeColumnType, parseColumnType } from '../../names/column-type.ts';
import { foldName } from '../../names/names.ts';
import { certainColumns, withChangedTypes } from '../tables/made-up-source.ts';
import type { ScaffoldColumn } from '../tables/scaffold-table.ts';
import type { FoundColumn, FoundTable } from './found-stage.ts';
import { sourceCandidates } from './source-candidates.ts';

/** Types that the source, which is PostgreSQL, has by the same name. */
const SAME_IN_SOURCE =
  /^(?:smallint|integer|bigint|real|double precision|boolean|date|numeric|character|timestamp|time)/;

/** A type of the catalog as people write it: `varchar(10)`. One that Redshift does not have is written as it is. */
export function writtenType({ type }: Pick<FoundColumn, 'type'>): string {
  const parsed = parseColumnType(type);
  return parsed === undefined ? type : describeColumnType(parsed);
}

/**
 * Columns of the source that fill the columns of a staged table, and those that the mappings name besides.
 * @throws InvalidConfig where they do not go together
 */
export function sourceOfFound(
  source: TableName,
  staged: FoundTable,
  mappings: TableMappings,
  filters: readonly RowFilter[],
): readonly ScaffoldColumn[] {
  const certain = certainColumns(source, mappings, filters);
  const plan = (columns: readonly ScaffoldColumn[]) =>
    planColumns(mappings, { ...source, kind: 'table', columns, key: [] });
  const added = plan([]).map(({ name }) => foldName(name));
  const filling = staged.columns
    .filter(({ name }) => !added.includes(foldName(name)))
    .flatMap((column): readonly ScaffoldColumn[] => {
      const type = SAME_IN_SOURCE.test(column.type) ? column.type : 'text';
      const names = [
        ...certain.map(({ name }) => name),
        ...sourceCandidates(mappings, 'column', column.name, source.schema),
      ];
      const name = names.find((candidate) =>
        plan([{ name: candidate, type }]).some(
          (planned) => planned.source !== undefined && foldName(planned.name) === foldName(column.name),
        ),
      );
      return name === undefined ? [] : [{ name, type }];
    });
  const besides = certain.filter(({ name }) => !filling.some((column) => column.name === name));
  try {
    return withChangedTypes([...filling, ...besides], plan);
  } catch (error) {
    throw new InvalidConfig(`table ${JSON.stringify(staged.name)}: ${(error as Error).message}`);
  }
}
