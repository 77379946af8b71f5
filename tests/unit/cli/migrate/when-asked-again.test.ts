import { describe, expect, it, vi } from 'vitest';
import { whenAskedAgain } from '../../../../src/cli/migrate/when-asked-again.ts';

describe('a signal behind the first one', () => {
  it('is the same press of the key within a second, and a second one after that', () => {
    let now = 5_000;
    const act = vi.fn();
    const onSignal = whenAskedAgain(() => now, act);

    now += 1_000;
    onSignal();
    expect(act).not.toHaveBeenCalled();

    now += 1;
    onSignal();
    expect(act).toHaveBeenCalledOnce();
  });
});
