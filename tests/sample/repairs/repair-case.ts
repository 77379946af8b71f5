import type { Night } from './night.ts';

/** A way in which a night goes wrong, and what a person repairs before the commands of the notification. */
export interface RepairCase {
  /** As Step Functions shows it. */
  readonly error: string;
  /** The cause of the table whose way is taken. */
  readonly when: string;
  /** Makes it go wrong. */
  breakIt(night: Night): Promise<unknown>;
  /** The load and what happens during it. @default a load */
  run?(night: Night): Promise<unknown>;
  /** Done before the commands. @default nothing */
  repair?(night: Night): Promise<unknown>;
  /** What is deployed by the command for it. @default the definition as it should be */
  readonly deployed?: string;
  /** A step that is without a fence, and so runs once more. */
  readonly runsAgain?: string;
}
