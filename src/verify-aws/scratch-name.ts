/** Begins every name that is made here, so that a later run finds what an earlier one has left. */
const MARK = 'elt-verify-';

/** With the minute in which it was made, UTC, and six characters that nobody else has. */
const PATTERN = /^elt[-_]verify[-_](\d{4})(\d{2})(\d{2})t(\d{2})(\d{2})[-_][0-9a-f]{6}(?:-[a-z0-9-]+)?$/;

/** What is younger may belong to a run that is under way. */
const LEFT_AFTER_MS = 2 * 3_600_000;

/** The name that all scratch objects of a run begin with: `elt-verify-20261201t0930-1a2b3c`. @param key six hexadecimal digits */
export function scratchName(now: number, key: string): string {
  const minute = new Date(now).toISOString().slice(0, 16).replaceAll(/[-:]/g, '').toLowerCase();
  return `${MARK}${minute}-${key}`;
}

/** The same as the name of a schema, which needs no quotes. */
export function scratchSchema(name: string): string {
  return name.replaceAll('-', '_');
}

/** What names of scratch objects begin with: schemas, and all else. */
export const SCHEMA_MARK = scratchSchema(MARK);
export { MARK as SCRATCH_MARK };

/** Whether something bears a name that only this command gives, and is so old that its run must be over. */
export function isLeftover(name: string, now: number): boolean {
  const [, year, month, day, hour, minute] = PATTERN.exec(name) ?? [];
  if (year === undefined) return false;
  const made = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:00Z`);
  return now - made > LEFT_AFTER_MS;
}
