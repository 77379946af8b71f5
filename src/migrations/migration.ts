import type { SqlStatement } from '../sql-text.ts';

/** Something that is applied as a whole and then remembered: a file of sql/migrations, or a pipeline's fence tables. */
export interface Migration {
  readonly kind: 'versioned' | 'repeatable' | 'fence tables';
  /** File's name, or `fence tables of PIPELINE`: what history and messages call it. */
  readonly script: string;
  /** Of a versioned one, as its file writes it. */
  readonly version?: string;
  readonly description: string;
  /** The only one that it is about; absent when it may be about any. */
  readonly pipeline?: string;
  /** Of the content; what is applied under another one has changed since. */
  readonly checksum: string;
  /** False for a single statement that Redshift runs outside of transactions only. */
  readonly isTransaction: boolean;
  /** In order, placeholders filled in. */
  readonly statements: readonly SqlStatement[];
}
