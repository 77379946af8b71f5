import { AwsError } from '../../../aws-error.ts';

/** A compiled event pattern: one of its alternatives must hold. `$or` has been multiplied out. */
export type CompiledPattern = readonly PatternNode[];

/** What is asked of one place in the event. All of it must hold, and where the event has an array, for the same element. */
export interface PatternNode {
  readonly leaves: readonly LeafPattern[];
  readonly fields: ReadonlyMap<string, PatternNode>;
}

/** The array at a pattern's leaf: one of its match expressions must hold. */
export interface LeafPattern {
  /** Identifies the field, see {@link pathKey}. */
  readonly path: string;
  readonly tests: readonly ScalarTest[];
  /** True where one of the expressions is `{"exists": false}`. */
  readonly allowsAbsent: boolean;
}

/** A value that is neither object nor array: what match expressions are applied to. */
export type Scalar = null | boolean | number | string;
export type ScalarTest = (value: Scalar) => boolean;

/** Identifies a field by the names that lead to it; arrays on the way do not count. */
export function pathKey(parent: string, key: string): string {
  return `${parent}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`;
}

/** The error for a pattern that EventBridge would not take; `at` names the field, e.g. `detail.eventType`. */
export function patternError(reason: string, at: readonly string[]): AwsError {
  const where = at.length === 0 ? '' : ` at ${at.join('.')}`;
  return new AwsError(
    'InvalidEventPatternException',
    `Event pattern is not valid. Reason: ${reason}${where}`,
  );
}
