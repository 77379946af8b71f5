/** A compiled event pattern. */

/** A value that is neither object nor array: what match expressions are applied to. */
export type Scalar = null | boolean | number | string;
export type ScalarTest = (value: Scalar) => boolean;

/** Everything in it must hold for the same object of the event. */
export interface ObjectPattern {
  readonly fields: readonly FieldPattern[];
  /** Of each list, one pattern at least must hold (`$or`). */
  readonly alternatives: readonly (readonly ObjectPattern[])[];
}

export interface FieldPattern {
  readonly key: string;
  readonly node: ObjectPattern | LeafPattern;
}

/** The array at a pattern's leaf: one of its match expressions must hold. */
export interface LeafPattern {
  /** Identifies the field, see {@link pathKey}. */
  readonly path: string;
  readonly tests: readonly ScalarTest[];
  /** True where one of the expressions is `{"exists": false}`. */
  readonly allowsAbsent: boolean;
}

/** Identifies a field by the names that lead to it; arrays on the way do not count. */
export function pathKey(parent: string, key: string): string {
  return `${parent}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`;
}
