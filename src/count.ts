/** A number of things in words: `1 row`, `12,345 rows`. */
export function count(number: number, thing: string): string {
  return `${groupDigits(number)} ${thing}${number === 1 ? '' : 's'}`;
}

/** `1234567` as `1,234,567`. */
export function groupDigits(number: number): string {
  return String(number).replaceAll(/\B(?=(\d{3})+$)/g, ',');
}
