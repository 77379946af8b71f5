/**
 * Days after which DMS moves instances of an engine version to another one, in its maintenance window.
 * https://docs.aws.amazon.com/dms/latest/userguide/CHAP_ReleaseNotes.html, as of November 2026
 */
const ENDS: Readonly<Record<string, string>> = {
  '3.4.7': '2024-10-31',
  '3.5.1': '2025-03-15',
  '3.5.2': '2025-04-29',
  '3.5.3': '2026-06-30',
  '3.5.4': '2027-03-31',
  '3.6.0': '2026-07-27',
};

/** Days before the end from which it is told. */
export const WARNING_DAYS = 180;

/** The day on which a version ends, `2027-03-31`; undefined for one whose end is not known. */
export function endOfEngine(version: string): string | undefined {
  const [plain = ''] = /^\d+\.\d+\.\d+/.exec(version) ?? [];
  return Object.hasOwn(ENDS, plain) ? ENDS[plain] : undefined;
}
