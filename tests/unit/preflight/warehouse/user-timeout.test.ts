import { expect, it } from 'vitest';
import { readUserTimeout } from '../../../../src/preflight/warehouse/read-catalog.ts';

it.each([
  ['{statement_timeout=60000}', 60_000],
  ['{"search_path=dbo, public",statement_timeout=90s}', 90_000],
  ['{search_path=dbo}', undefined],
  [null, undefined],
])('reads what ALTER USER has set: %s', async (settings, expected) => {
  expect(await readUserTimeout(async () => [[settings]], 'IAMR:role')).toBe(expected);
});

it('knows nothing where the warehouse does not tell', async () => {
  const refused = async () => Promise.reject(new Error('permission denied'));

  expect(await readUserTimeout(refused, 'runtime')).toBeUndefined();
  expect(await readUserTimeout(async () => [], 'runtime')).toBeUndefined();
});
