import type { Chaos } from '../../../src/local/chaos/chaos.ts';

/** What stands around a stack's calls and statements: no fault by itself. */
export function watchStack({
  intercept = (_call, next) => next(),
  beforeRollback = async () => {},
}: {
  readonly intercept?: Chaos['intercept'];
  readonly beforeRollback?: Chaos['disturbStatement']['beforeRollback'];
}): Chaos {
  return {
    intercept,
    disturbEvent: (_event, deliver) => deliver(),
    disturbInvocation: (_invocation, run) => run(),
    disturbStatement: { beforeStart: async () => {}, beforeRollback },
    counts: new Map(),
    idle: async () => {},
    close: () => {},
  };
}
