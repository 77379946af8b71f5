import type { Clock } from '../../clock.ts';
import { createBackground } from '../background.ts';
import type { ChaosKind } from './kinds.ts';
import { type ChaosPlan, type Draw, lengthOf } from './plan.ts';

/** What the wrappers at all points share. */
export interface Injector {
  draw: ChaosPlan['draw'];
  /** Counts and reports a fault that was really injected. @param what it struck */
  note(draw: Draw, what: string): void;
  /** Sleeps as long as a draw says. Rejects when the chaos is over. */
  pause(draw: Draw, shortestMs: number, longestMs: number): Promise<void>;
  /** Lets work go on by itself; {@link Injector.idle} waits for it, and what it throws once the chaos is over is dropped. */
  background(work: Promise<unknown>): void;
  readonly counts: ReadonlyMap<ChaosKind, number>;
  idle(): Promise<void>;
  close(): void;
}

export interface InjectorOptions {
  readonly plan: ChaosPlan;
  /** What pauses sleep on. */
  readonly waits: Clock;
  /** Gets a line for each fault. */
  readonly report: (line: string) => void;
}

/** @see Injector */
export function createInjector({ plan, waits, report }: InjectorOptions): Injector {
  const counts = new Map<ChaosKind, number>();
  const over = new AbortController();
  const background = createBackground(over.signal);
  return {
    draw: plan.draw,
    note({ kind, occurrence }, what) {
      counts.set(kind, (counts.get(kind) ?? 0) + 1);
      report(`chaos: ${kind} ${occurrence}: ${what}`);
    },
    pause: (draw, shortestMs, longestMs) => waits.sleep(lengthOf(draw, shortestMs, longestMs), over.signal),
    background: background.start,
    counts,
    idle: background.idle,
    close: () => over.abort(),
  };
}
