/** A notification that was published to people. */
export interface Notice {
  /** Counts them from 1. */
  readonly number: number;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly subject: string;
  readonly message: string;
  /** What subscribers of other protocols get instead. */
  readonly forms: Readonly<Record<string, string>>;
}

/** As many are kept. */
const KEPT = 50;

/** The last notifications, the newest first. */
export function createNotices() {
  let notices: readonly Notice[] = [];
  return {
    list: () => notices,
    add(at: number, message: string, subject = '', forms: Readonly<Record<string, string>> = {}) {
      const number = (notices[0]?.number ?? 0) + 1;
      notices = [{ number, at, subject, message, forms }, ...notices].slice(0, KEPT);
    },
  };
}
