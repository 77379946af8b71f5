import { hostname } from 'node:os';

/** The process that something on disk or in a database belongs to. */
export interface RunOwner {
  readonly pid: number;
  /** Process ids mean something on one machine (or container) only. */
  readonly hostname: string;
}

export function thisProcess(): RunOwner {
  return { pid: process.pid, hostname: hostname() };
}

/** Whether the owner is certainly gone. Of another machine's processes nothing is known. */
export function isGone(owner: RunOwner): boolean {
  return owner.hostname === hostname() && !isAlive(owner.pid);
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
