import type { SqlStatement } from '../sql-text.ts';

/** Something that is applied as a whole and then recorded: a file of sql/migrations, or a pipeline's fence tables. */
export interface Migration {
  readonly kind:
    | 'versioned'
    | 'repeatable'
    | 'fence tables'
    | 'audit tables'
    | 'record of runs'
    | 'staged columns';
  /** The file's name, or `fence tables of PIPELINE`: the name in the history and in messages. */
  readonly script: string;
  /** The version as the file's name writes it. Absent for other kinds. */
  readonly version?: string;
  readonly description: string;
  /** The only pipeline that it affects; absent if it may affect any. */
  readonly pipeline?: string;
  /** Checksum of the content. It differs from the recorded one when the content has changed. */
  readonly checksum: string;
  /** False for a single statement that Redshift can only run outside a transaction. */
  readonly isTransaction: boolean;
  /** In order, placeholders filled in. */
  readonly statements: readonly SqlStatement[];
}
