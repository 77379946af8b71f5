/** What a migration's file name says, as Flyway reads it. */
export type FileName =
  | { readonly kind: 'versioned'; readonly version: string; readonly description: string }
  | { readonly kind: 'repeatable'; readonly description: string };

const FILE_NAME = /^(?:V(\d+(?:[._]\d+)*)|R)__([\w-]+)\.sql$/;

/** @returns undefined for a name that is neither `V<number>__<words>.sql` nor `R__<words>.sql` */
export function readFileName(file: string): FileName | undefined {
  const [, version, words] = FILE_NAME.exec(file) ?? [];
  if (words === undefined) return undefined;
  const description = words.replaceAll('_', ' ');
  return version === undefined
    ? { kind: 'repeatable', description }
    : { kind: 'versioned', version, description };
}

/** Orders versions by their numbers: `2` before `10`, and `1` is the same as `001` and `1.0`. */
export function compareVersions(a: string, b: string): number {
  const [numbersA, numbersB] = [numbersOf(a), numbersOf(b)];
  for (let index = 0; index < Math.max(numbersA.length, numbersB.length); index += 1) {
    const order = compare(numbersA[index] ?? 0n, numbersB[index] ?? 0n);
    if (order !== 0) return order;
  }
  return 0;
}

/** The order in which files are applied: versions first, by number, then repeatables by name. */
export function compareFiles(a: string, b: string): number {
  const [nameA, nameB] = [readFileName(a), readFileName(b)];
  if (nameA?.kind === 'versioned' && nameB?.kind === 'versioned')
    return compareVersions(nameA.version, nameB.version) || compare(a, b);
  return compare(nameA?.kind !== 'versioned', nameB?.kind !== 'versioned') || compare(a, b);
}

/** Numbers of any size: a version may be a time with milliseconds. */
function numbersOf(version: string): readonly bigint[] {
  return version.split(/[._]/).map(BigInt);
}

function compare<Value extends string | bigint | boolean>(a: Value, b: Value): number {
  return a < b ? -1 : Number(a > b);
}
