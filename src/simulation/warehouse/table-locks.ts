/** Locks of whole tables, held until a transaction ends; who comes first is served first. */
export interface TableLocks {
  /** Resolves when the lock is held. Rejects with the signal's reason when it is aborted first. */
  acquire(table: string, mode: LockMode, owner: object, signal?: AbortSignal): Promise<void>;
  /** Gives back everything that the owner holds. */
  release(owner: object): void;
  /** Locks that are held or waited for. */
  readonly size: number;
}

export type LockMode = 'shared' | 'exclusive';

interface Request {
  readonly mode: LockMode;
  readonly owner: object;
  grant?: (() => void) | undefined;
}

/** @see TableLocks */
export function createTableLocks(): TableLocks {
  const queues = new Map<string, Request[]>();
  return {
    acquire(table, mode, owner, signal) {
      const queue = queues.get(table) ?? [];
      queues.set(table, queue);
      const request: Request = { mode, owner };
      queue.push(request);
      if (isGranted(queue, queue.length - 1)) return Promise.resolve();
      return waitFor(queue, request, signal);
    },
    release(owner) {
      for (const queue of queues.values()) {
        if (!queue.some((request) => request.owner === owner)) continue;
        remove(queue, (request) => request.owner === owner);
      }
    },
    get size() {
      return [...queues.values()].reduce((sum, queue) => sum + queue.length, 0);
    },
  };
}

function waitFor(queue: Request[], request: Request, signal: AbortSignal | undefined): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const abort = () => {
    remove(queue, (other) => other === request);
    reject(signal?.reason);
  };
  request.grant = () => {
    request.grant = undefined;
    signal?.removeEventListener('abort', abort);
    resolve();
  };
  signal?.addEventListener('abort', abort, { once: true });
  return promise;
}

function remove(queue: Request[], isGone: (request: Request) => boolean): void {
  queue.splice(0, queue.length, ...queue.filter((request) => !isGone(request)));
  for (const [index, request] of queue.entries()) if (isGranted(queue, index)) request.grant?.();
}

/** All before it are compatible with it: shared with shared, and an owner with itself. */
function isGranted(queue: readonly Request[], index: number): boolean {
  const { mode, owner } = queue[index] as Request;
  return queue
    .slice(0, index)
    .every((other) => other.owner === owner || (mode === 'shared' && other.mode === 'shared'));
}
