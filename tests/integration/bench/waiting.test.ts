import { describe, expect, it } from 'vitest';
import { measurePolicy, measureProduct } from '../../bench/waiting/measure-wait.ts';
import { POLICIES, type Policy } from '../../bench/waiting/policies.ts';

const policy = (name: string) => POLICIES.find((known) => known.name.startsWith(name)) as Policy;

describe('a step in the world of the bench', () => {
  it('neither waits for a statement that ends as it is submitted, nor asks about it', async () => {
    const { step } = await measureProduct(5);

    expect(step).toMatchObject({ ended: true, transitions: 2 });
    expect(step.lateSeconds).toBeLessThan(0.2);
  });

  it('hears of the end of a longer one within the network’s time', async () => {
    const { step } = await measureProduct(600);

    expect(step).toMatchObject({ ended: true, transitions: 5 });
    expect(step.lateSeconds).toBeCloseTo(0.08, 3);
  });
});

describe('the policies of others, on the same engine', () => {
  it.each([
    ['published sample', 60, 7],
    ['published sample', 600, 61],
    ['getting-started, SDK', 60, 37],
    ['getting-started, Lambda', 60, 19],
    ['getting-started, Lambda', 600, 181],
    ['data-api-with-step-functions', 60, 23],
    ['data-api-with-step-functions', 600, 185],
    ['aws-ddk', 60, 13],
    ['aws-ddk', 600, 121],
    ['completion event', 600, 1],
  ])(
    '%s: a statement of %i s takes %i transitions, as its source says',
    async (name, seconds, transitions) => {
      expect(await measurePolicy(policy(name), seconds)).toMatchObject({ ended: true, transitions });
    },
  );

  it('end with the history of Step Functions when they ask for a day', async () => {
    const wait = await measurePolicy(policy('published sample'), 86_399);

    expect(wait.ended).toBe(false);
    expect(wait.historyEvents).toBeGreaterThan(24_900);
  });
});
