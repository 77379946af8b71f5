import fc from 'fast-check';
import { expect, it } from 'vitest';
import { decodeField, encodeField, readLines } from '../../../../src/local/services/dms/load/copy-text.ts';

const values = fc.option(fc.string({ unit: fc.constantFrom('a', '\\', '\n', '\r', '\t', 'N', 'é', '.') }));

it('a field holds any value, on one line and without a tab', () => {
  fc.assert(
    fc.property(values, (value) => {
      const field = encodeField(value);

      expect(decodeField(field)).toBe(value);
      expect(field).not.toMatch(/[\n\r\t]/);
    }),
  );
});

it('lines are the same however they are cut into chunks', async () => {
  const lines = fc.array(fc.string({ unit: fc.constantFrom('a', 'é', '😀', '\t') }), { minLength: 1 });
  await fc.assert(
    fc.asyncProperty(lines, fc.integer({ min: 1, max: 7 }), async (given, size) => {
      const bytes = Buffer.from(given.map((line) => `${line}\n`).join(''));
      const chunks = Array.from({ length: Math.ceil(bytes.length / size) }, (_, index) =>
        bytes.subarray(index * size, (index + 1) * size),
      );
      const read: string[] = [];
      for await (const some of readLines(toAsync(chunks))) read.push(...some);

      expect(read).toEqual(given);
    }),
  );
});

async function* toAsync<T>(items: readonly T[]): AsyncGenerator<T> {
  yield* items;
}
