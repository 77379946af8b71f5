import { expect, it } from 'vitest';
import { createChanges } from '../../../src/console/live/changes.ts';
import { followPage } from '../../../src/console/live/follow-page.ts';
import { createManualClock, type ManualClock } from '../../fixtures/manual-clock.ts';

/** What is there after some time. */
function passed<Value>(clock: ManualClock, ms: number, read: () => Value): Value {
  clock.advance(ms);
  return read();
}

/** A page that is followed: what it contains, and what was sent of it. */
function follow(render: () => Promise<string>) {
  const clock = createManualClock('2026-11-24T00:00:00.000Z');
  const changes = createChanges();
  const leaving = new AbortController();
  const sent: string[] = [];
  const send = async (content: string) => void sent.push(content);
  const ended = followPage({ changes, clock, render, send, signal: leaving.signal });
  return { clock, changes, leaving, sent, ended };
}

it('a page is sent at once, and again when a change has changed it', async () => {
  let content = 'one';
  const { clock, changes, leaving, sent, ended } = follow(async () => content);
  await expect.poll(() => sent).toEqual(['one']);

  content = 'two';
  changes.tell();
  await expect.poll(() => passed(clock, 200, () => sent)).toEqual(['one', 'two']);

  leaving.abort();
  await ended;
});

it('a change that changes nothing is not sent; what changes by itself is', async () => {
  let content = 'one';
  let made = 0;
  const { clock, changes, leaving, sent, ended } = follow(async () => {
    made += 1;
    return content;
  });
  await expect.poll(() => sent).toEqual(['one']);

  changes.tell();
  await expect.poll(() => passed(clock, 200, () => made)).toBeGreaterThan(1);
  expect(sent).toEqual(['one']);

  content = 'two';
  await expect.poll(() => passed(clock, 1000, () => sent)).toEqual(['one', 'two']);
  leaving.abort();
  await ended;
});

it('a change while a page is made is not missed', async () => {
  const making = [Promise.withResolvers<string>(), Promise.withResolvers<string>()];
  const began: number[] = [];
  const { clock, changes, leaving, sent, ended } = follow(() => {
    const next = making[Math.min(began.length, 1)] as PromiseWithResolvers<string>;
    began.push(began.length);
    return next.promise;
  });
  making[1]?.resolve('new');

  changes.tell();
  making[0]?.resolve('old');

  await expect.poll(() => passed(clock, 200, () => sent)).toEqual(['old', 'new']);
  leaving.abort();
  await ended;
});

it('nobody is sent anything who has left while a page was made', async () => {
  const making = Promise.withResolvers<string>();
  const { leaving, sent, ended } = follow(() => making.promise);

  leaving.abort();
  making.resolve('late');
  await ended;

  expect(sent).toEqual([]);
});

it('a page that cannot be made ends the stream, so that the browser asks again', async () => {
  const { ended } = follow(async () => {
    throw new Error('not now');
  });

  await expect(ended).rejects.toThrow('not now');
});
