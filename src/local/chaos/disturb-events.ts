import type { BusEvent } from '../services/events/event-envelope.ts';
import type { Injector } from './injector.ts';
import { kindsAt } from './kinds.ts';

const LATE_MS = [1_000, 60_000] as const;
/** An event that none follows is held back no longer. */
const HELD_MS = 5_000;

/** Stands between the bus and its rules. */
export function createEventDisturbance(injector: Injector) {
  const kinds = kindsAt('event');
  const held = new Set<() => void>();

  const hold = (deliver: () => void) => {
    const release = () => {
      if (held.delete(release)) deliver();
    };
    held.add(release);
    return release;
  };

  return (event: BusEvent, deliver: () => void): void => {
    const draw = injector.draw(kinds);
    const waiting = [...held];
    if (draw !== undefined) injector.note(draw, describe(event));
    switch (draw?.kind) {
      case 'lost-event':
        break;
      case 'late-event':
        injector.background(injector.pause(draw, ...LATE_MS).then(deliver));
        break;
      case 'reordered-event':
        injector.background(injector.pause(draw, HELD_MS, HELD_MS).then(hold(deliver)));
        break;
      case 'double-event':
        deliver();
        deliver();
        break;
      default:
        deliver();
    }
    for (const release of waiting) release();
  };
}

function describe({ source, detail }: BusEvent): string {
  const what = detail.eventType ?? detail.status ?? detail.state ?? '';
  return `${source} ${String(what)}`;
}
