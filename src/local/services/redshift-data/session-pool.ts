import type { Session, Warehouse } from '../../contracts.ts';

/** The right to use one session. */
export interface Slot {
  /** Connects, or takes a session of the same database and user that is free. @throws WarehouseError */
  open(database: string, user: string): Promise<Session>;
  /** Gives the slot back; the session is reset for the next one, or closed when it is not fit for that. */
  release(reusable: boolean): Promise<void>;
}

export interface SessionPool {
  /** Waits for its turn, first come, first served. Rejects once the pool is closed. */
  take(): Promise<Slot>;
  close(): Promise<void>;
}

interface IdleSession {
  readonly key: string;
  readonly session: Session;
}

/**
 * Keeps sessions open between statements, so that a statement costs no connection.
 * @param limit sessions that are open at once, idle ones included
 */
export function createSessionPool(warehouse: Pick<Warehouse, 'open'>, limit: number): SessionPool {
  const idle: IdleSession[] = [];
  const busy = new Set<Session>();
  const queue: PromiseWithResolvers<void>[] = [];
  let taken = 0;
  let closed = false;

  const open = async (key: string, database: string, user: string): Promise<Session> => {
    const free = idle.findLastIndex((entry) => entry.key === key);
    const reused = free < 0 ? undefined : idle.splice(free, 1)[0]?.session;
    if (reused === undefined && idle.length + taken > limit) await closeQuietly(idle.shift()?.session);
    const session = reused ?? (await warehouse.open(database, user));
    busy.add(session);
    return session;
  };

  const giveBack = async (key: string, session: Session, reusable: boolean): Promise<void> => {
    const fit = reusable && !closed && (await succeeds(session.reset()));
    busy.delete(session);
    if (fit && !closed) idle.push({ key, session });
    else await closeQuietly(session);
  };

  const createSlot = (): Slot => {
    let key = '';
    let session: Session | undefined;
    return {
      open: async (database, user) => {
        key = `${database}/${user}`;
        session = await open(key, database, user);
        return session;
      },
      release: async (reusable) => {
        if (session) await giveBack(key, session, reusable);
        const next = queue.shift();
        if (next) next.resolve();
        else taken -= 1;
      },
    };
  };

  return {
    take: async () => {
      if (closed) throw new Error('The session pool is closed.');
      if (taken < limit) taken += 1;
      else {
        const turn = Promise.withResolvers<void>();
        queue.push(turn);
        await turn.promise;
      }
      return createSlot();
    },
    close: async () => {
      closed = true;
      for (const turn of queue.splice(0)) turn.reject(new Error('The session pool is closed.'));
      const sessions = [...idle.splice(0).map(({ session }) => session), ...busy];
      await Promise.all(sessions.map(closeQuietly));
    },
  };
}

const closeQuietly = async (session: Session | undefined): Promise<void> => {
  if (session) await succeeds(session.close());
};

const succeeds = (work: Promise<void>): Promise<boolean> =>
  work.then(
    () => true,
    () => false,
  );
