import type { Token } from '../../../../sql-lexer.ts';
import type { SqlParameter } from '../../../contracts.ts';
import { WarehouseError } from '../../warehouse-error.ts';

/** SQL with `$1`, `$2`, … and their values. */
export interface BoundSql {
  readonly text: string;
  readonly values: readonly string[];
}

/**
 * Replaces each `:name` by a positional parameter of its own: the same name may stand where the server expects
 * different types.
 * @param suffix behind each of them
 * @throws WarehouseError for a name that has no value
 */
export function bindParameters(
  tokens: readonly Token[],
  parameters: readonly SqlParameter[],
  suffix = '',
): BoundSql {
  const byName = new Map(parameters.map(({ name, value }) => [name, value]));
  const values: string[] = [];
  const texts = tokens.map((token) => {
    if (token.kind !== 'parameter') return token.text;
    const value = byName.get(token.text.slice(1));
    if (value === undefined)
      throw new WarehouseError(`ERROR: syntax error at or near ":"`, { sqlState: '42601' });
    values.push(value);
    return `$${values.length}${suffix}`;
  });
  return { text: texts.join(''), values };
}
