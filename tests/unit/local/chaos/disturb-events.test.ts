import { describe, expect, it } from 'vitest';
import { createChaos } from '../../../../src/local/chaos/chaos.ts';
import { busEvent } from '../../../../src/local/services/events/event-envelope.ts';
import { onlyKind } from './one-kind.ts';

const event = (id: string) =>
  busEvent({ id, source: 'aws.dms', detailType: 'Change', time: 0, resources: [], detail: { status: 'on' } });

describe('events', () => {
  it('are lost', async () => {
    const { chaos, lines } = onlyKind('lost-event');
    const delivered: string[] = [];

    chaos.disturbEvent(event('1'), () => delivered.push('1'));
    await chaos.idle();

    expect(delivered).toEqual([]);
    expect(lines).toEqual(['chaos: lost-event 1: aws.dms on']);
    expect([...chaos.counts]).toEqual([['lost-event', 1]]);
  });

  it('are doubled', () => {
    const { chaos } = onlyKind('double-event');
    const delivered: string[] = [];

    chaos.disturbEvent(event('1'), () => delivered.push('1'));

    expect(delivered).toEqual(['1', '1']);
  });

  it('are late', async () => {
    const { chaos, waits } = onlyKind('late-event');
    const delivered: string[] = [];

    chaos.disturbEvent(event('1'), () => delivered.push('1'));
    expect(delivered).toEqual([]);
    waits.advance(60_000);
    await chaos.idle();

    expect(delivered).toEqual(['1']);
  });

  it('come after the one that follows', async () => {
    const { chaos, waits } = onlyKind('reordered-event');
    const delivered: string[] = [];

    for (const id of ['1', '2', '3']) chaos.disturbEvent(event(id), () => delivered.push(id));
    waits.advance(5_000);
    await chaos.idle();

    expect(delivered.toSorted()).toEqual(['1', '2', '3']);
    expect(delivered.at(-1)).toBe('3');
  });

  it('that were held back are delivered behind one that is not', () => {
    const chaos = createChaos({ rate: 0.5, seed: 2, only: ['reordered-event'] });
    const delivered: number[] = [];

    for (let id = 0; id < 100; id += 1) chaos.disturbEvent(event(String(id)), () => delivered.push(id));
    chaos.close();

    expect(delivered).not.toEqual(delivered.toSorted((a, b) => a - b));
    expect(new Set(delivered).size).toBe(delivered.length);
  });

  it('are dropped when the chaos ends before they were due', async () => {
    const { chaos } = onlyKind('late-event');
    const delivered: string[] = [];

    chaos.disturbEvent(event('1'), () => delivered.push('1'));
    chaos.close();
    await chaos.idle();

    expect(delivered).toEqual([]);
  });
});
