import { describe, expect, it } from 'vitest';
import { createTableLocks, type LockMode } from '../../../src/simulation/warehouse/table-locks.ts';

function requests() {
  const locks = createTableLocks();
  const held: string[] = [];
  const ask = (name: string, mode: LockMode, owner: object, signal?: AbortSignal) =>
    locks.acquire('t', mode, owner, signal).then(
      () => void held.push(name),
      () => void held.push(`${name} given up`),
    );
  return { locks, held, ask };
}
const settle = () => new Promise((resolve) => setImmediate(resolve));

describe('createTableLocks', () => {
  it('lets readers in together, and a writer alone, in the order in which they came', async () => {
    const { locks, held, ask } = requests();
    const [one, two, writer, late] = [{}, {}, {}, {}];

    void ask('one', 'shared', one);
    void ask('two', 'shared', two);
    void ask('writer', 'exclusive', writer);
    void ask('late', 'shared', late);
    await settle();
    expect(held).toEqual(['one', 'two']);

    locks.release(one);
    await settle();
    expect(held).toEqual(['one', 'two']);

    locks.release(two);
    await settle();
    expect(held).toEqual(['one', 'two', 'writer']);

    locks.release(writer);
    await settle();
    expect(held).toEqual(['one', 'two', 'writer', 'late']);
  });

  it('lets those behind go on when one gives up waiting', async () => {
    const { locks, held, ask } = requests();
    const [reader, late] = [{}, {}];
    const abort = new AbortController();
    void ask('reader', 'shared', reader);
    void ask('writer', 'exclusive', {}, abort.signal);
    void ask('late', 'shared', late);

    abort.abort(new Error('cancelled'));
    await settle();

    expect(held.toSorted()).toEqual(['late', 'reader', 'writer given up']);
    locks.release(reader);
    locks.release(late);
    expect(locks.size).toBe(0);
  });
});
