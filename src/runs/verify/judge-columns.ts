import {
  type ColumnType,
  compareTypes,
  describeColumnType,
  parseColumnType,
} from '../../names/column-type.ts';

/** A column, its type as it is written in a migration or by Redshift. */
export interface Column {
  readonly name: string;
  readonly type: string;
}

/** What is to be said of a table's columns, without the table's name. */
export interface ColumnFindings {
  readonly problems: readonly string[];
  readonly warnings: readonly string[];
}

/**
 * Holds the columns of a staged table against those that it should have. A column that is gone, narrower or of another type loses
 * values, and so is a problem; one that is wider, or stands in another place, is a warning.
 * @param extra what a column is that should not be there
 */
export function judgeColumns(
  expected: readonly Column[],
  found: readonly Column[],
  extra: 'allow' | 'warn' | 'fail',
): ColumnFindings {
  const foundByName = new Map(found.map((column) => [column.name, column]));
  const expectedNames = new Set(expected.map(({ name }) => name));
  const surplus = found.filter(({ name }) => !expectedNames.has(name));
  const gone = expected.filter(({ name }) => !foundByName.has(name));
  const changes = expected.flatMap((column) => {
    const other = foundByName.get(column.name);
    return other === undefined ? [] : [describeChange(column, other)];
  });
  const added = surplus.map(({ name, type }) => `${name} is new (${spoken(type)})`);
  return {
    problems: [
      ...gone.map((column) => describeGone(column, surplus)),
      ...changes.flatMap(({ problem }) => problem ?? []),
      ...(extra === 'fail' ? added : []),
    ],
    warnings: [
      ...changes.flatMap(({ warning }) => warning ?? []),
      ...(extra === 'warn' ? added : []),
      ...(isReordered(expected, found) ? ['its columns stand in another order'] : []),
    ],
  };
}

function describeGone({ name, type }: Column, surplus: readonly Column[]): string {
  const successor = surplus.find((column) => changeOf(type, column.type) === 'same');
  const renamed = successor === undefined ? '' : `; ${successor.name} may be its new name`;
  return `${name} is gone (${spoken(type)})${renamed}`;
}

function describeChange(expected: Column, found: Column): { problem?: string; warning?: string } {
  const types = `${spoken(found.type)} in the place of ${spoken(expected.type)}`;
  switch (changeOf(expected.type, found.type)) {
    case 'same':
      return {};
    case 'wider':
      return { warning: `${expected.name} is wider, ${types}` };
    case 'narrower':
      return { problem: `${expected.name} is narrower, ${types}` };
    default:
      return { problem: `${expected.name} has another type, ${types}` };
  }
}

/** Types that are not known here are compared as they are called. */
function changeOf(expected: string, found: string) {
  const [before, now] = [parseColumnType(expected), parseColumnType(found)];
  if (before === undefined || now === undefined) return expected === found ? 'same' : 'other';
  return compareTypes(before, now);
}

function spoken(type: string): string {
  const known: ColumnType | undefined = parseColumnType(type);
  return known === undefined ? type : describeColumnType(known);
}

/** Of the columns that are in both. */
function isReordered(expected: readonly Column[], found: readonly Column[]): boolean {
  const names = new Set(found.map(({ name }) => name));
  const common = expected.map(({ name }) => name).filter((name) => names.has(name));
  const order = found.map(({ name }) => name).filter((name) => common.includes(name));
  return common.some((name, index) => name !== order[index]);
}
