import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { describeIssues } from '../../src/zod-issues.ts';

const Schema = z.object({
  name: z.string({ error: 'must be text' }),
  place: z
    .union(
      [
        z.strictObject({ cluster: z.string().regex(/^[a-z]+$/, 'must be lower case') }),
        z.strictObject({ workgroup: z.string(), user: z.string() }),
      ],
      { error: 'must be a cluster or a workgroup' },
    )
    .optional(),
  shape: z.union([z.string(), z.strictObject({ sides: z.array(z.int('must be whole')) })]).optional(),
});

function faults(value: unknown, place?: Parameters<typeof describeIssues>[1]): readonly string[] {
  const parsed = Schema.safeParse(value);
  return parsed.success ? [] : describeIssues(parsed.error, place);
}

describe('what a schema finds wrong', () => {
  it.each([
    ['a field', { name: 1 }, ['name: must be text']],
    [
      'a field of the branch that was meant',
      { name: 'x', place: { cluster: 'A' } },
      ['place.cluster: must be lower case'],
    ],
    [
      'a union of which no branch was meant',
      { name: 'x', place: {} },
      ['place: must be a cluster or a workgroup'],
    ],
    [
      'a field that the branch does not have',
      { name: 'x', place: { cluster: 'a', user: 'b' } },
      ['place: Unrecognized key: "user"'],
    ],
    [
      'an item below a union without a message',
      { name: 'x', shape: { sides: [1.5] } },
      ['shape.sides.0: must be whole'],
    ],
    [
      'several things',
      { name: 1, place: 2 },
      ['name: must be text', 'place: must be a cluster or a workgroup'],
    ],
  ])('is told for %s, a line for each fault', (_, value, told) => {
    expect(faults(value)).toEqual(told);
  });

  it('begins with the field where the value stands', () => {
    expect(faults({ name: 1 }, { root: ['steps', 'load'] })).toEqual(['steps.load.name: must be text']);
  });

  it('has a word, or none, in the place of a field where the whole is wrong', () => {
    const reason = 'Invalid input: expected object, received null';

    expect(faults(null)).toEqual([reason]);
    expect(faults(null, { whole: '(all)' })).toEqual([`(all): ${reason}`]);
  });
});

it('no other file of the product makes texts of issues', () => {
  const files = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter(
    (file) => file.endsWith('.ts') && !/^(?:local|simulation)[/\\]/.test(file) && file !== 'zod-issues.ts',
  );
  const writers = files.filter((file) =>
    /prettifyError|flattenError|treeifyError|issues\.map\(/.test(readFileSync(join('src', file), 'utf8')),
  );

  expect(files.length).toBeGreaterThan(100);
  expect(writers).toEqual([]);
});
