import type { Pipeline } from '../definition/pipeline.ts';
import { ELT_SCHEMA, STAGED_COLUMNS } from '../names/elt-tables.ts';
import type { Migration } from './migration.ts';
import { checksumOf } from './parse-migration.ts';
import { quoteName, quoteText } from './quote.ts';

/**
 * Notes the columns of the staged tables as the migrations have left them, for the comparison before each load. It is due when a
 * file that names one of the tables is new or has changed, and comes behind all files: what DMS has made of a table since then is
 * no migration's work. Redshift's catalog cannot be joined with tables, so that a procedure takes it over row by row.
 * Tables whose columns the definition names are left out.
 */
export function stagedColumnsMigration(
  pipelines: readonly Pipeline[],
  files: readonly Migration[],
  runtime: string,
): readonly Migration[] {
  const staged = pipelines.flatMap(({ stagedTables }) =>
    stagedTables.filter(({ columns }) => columns === null),
  );
  const tables = [...new Set(staged.map(({ table }) => table))].toSorted();
  if (tables.length === 0) return [];
  const [create = '', define = '', record = ''] = recordColumns(ELT_SCHEMA, tables);
  const grant = `GRANT SELECT ON ${ELT_SCHEMA}.${STAGED_COLUMNS} TO ${quoteName(runtime)}`;
  const sqls = [create, define, grant, record];
  const about = files.filter((file) => tables.some((table) => names(file, table)));
  const script = 'columns of staged tables';
  return [
    {
      ...{ kind: 'staged columns' as const, script, description: script },
      checksum: checksumOf([...sqls, ...about.map(({ checksum }) => checksum)].join(';\n')),
      isTransaction: true,
      statements: sqls.map((text) => ({ text, line: 1 })),
    },
  ];
}

/** Whether a file speaks of a table, with or without quotes. */
function names({ statements }: Migration, table: string): boolean {
  return statements.some(({ text }) => {
    const parts = text.toLowerCase().replaceAll('"', '').split(table.toLowerCase());
    // What goes on behind the name is another table's.
    return parts.slice(1).some((rest) => !/^[\p{L}\p{N}_$]/u.test(rest));
  });
}

/** Three statements: the table of a schema that holds columns, the procedure that fills it, and the call for some tables. */
export function recordColumns(schema: string, tables: readonly string[]): readonly [string, string, string] {
  const table = `${schema}.${STAGED_COLUMNS}`;
  return [
    createTable(table),
    createProcedure(schema, table),
    `CALL ${schema}.sp_record_columns(${quoteText(tables.join(','))})`,
  ];
}

/** Types as SVV_COLUMNS has them: they are put into words where they are compared. */
const createTable = (table: string) => `CREATE TABLE IF NOT EXISTS ${table} (
  staged_table             varchar(260) ENCODE lzo  NOT NULL,
  column_name              varchar(128) ENCODE lzo  NOT NULL,
  ordinal_position         integer      ENCODE az64 NOT NULL,
  data_type                varchar(128) ENCODE lzo  NOT NULL,
  character_maximum_length integer      ENCODE az64,
  numeric_precision        integer      ENCODE az64,
  numeric_scale            integer      ENCODE az64,
  recorded_at              timestamp    ENCODE az64 NOT NULL
)
DISTSTYLE AUTO`;

const createProcedure = (
  schema: string,
  table: string,
) => `CREATE OR REPLACE PROCEDURE ${schema}.sp_record_columns(staged_tables varchar(65535))
AS $$
DECLARE
  staged_column RECORD;
  staged varchar(260);
  table_number integer := 1;
BEGIN
  staged := split_part(staged_tables, ',', table_number);
  WHILE staged <> '' LOOP
    DELETE FROM ${table} WHERE staged_table = staged;
    FOR staged_column IN
      SELECT column_name, ordinal_position, data_type, character_maximum_length, numeric_precision, numeric_scale
      FROM svv_columns WHERE table_schema || '.' || table_name = staged
    LOOP
      INSERT INTO ${table} VALUES (
        staged, staged_column.column_name, staged_column.ordinal_position, staged_column.data_type,
        staged_column.character_maximum_length, staged_column.numeric_precision, staged_column.numeric_scale, getdate());
    END LOOP;
    table_number := table_number + 1;
    staged := split_part(staged_tables, ',', table_number);
  END LOOP;
END;
$$ LANGUAGE plpgsql`;
