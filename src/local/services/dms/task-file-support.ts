import type { Support } from '../../contracts.ts';

/** How much of task settings and table mappings the local DMS follows. */
export const TASK_FILE_SUPPORT: readonly Support[] = [
  ...settings([
    [
      'TargetTablePrepMode',
      'partial',
      'All modes. A table that is not there is made, with DMS’ types, where the user dms may make it. Characters of a source’s VARCHAR become four bytes.',
    ],
    ['MaxFullLoadSubTasks', 'supported'],
    ['TargetSchema', 'partial', 'In place of the source’s schema where no rule is for it.'],
    ['LobMaxSize', 'partial', 'Of columns that DMS makes; longer values do not fit, DMS cuts them.'],
    [
      'DataErrorPolicy, DataTruncationErrorPolicy',
      'partial',
      'LOG_ERROR and IGNORE_RECORD leave the row out; FullLoadRows has the rows that arrived.',
    ],
    [
      'DataErrorEscalationCount, DataErrorEscalationPolicy',
      'supported',
      'IGNORE_RECORD counts, as documented.',
    ],
    ['TableErrorPolicy', 'supported'],
    ['FailOnNoTablesCaptured', 'supported'],
    [
      'EnableValidation',
      'partial',
      'Compared at the end of each table: Validated, Mismatched records, No primary key, Table error, Error. No table awsdms_validation_failures_v1.',
    ],
    ['ValidationOnly', 'refused'],
    ['all others', 'partial', 'Kept and shown, without effect. What is left out has DMS’ default.'],
  ]),
  ...mappings([
    ['selection', 'supported', 'include, exclude, explicit; wildcards; load-order; views.'],
    [
      'filters',
      'partial',
      'All operators; compared as PostgreSQL compares the column’s type. Filters of all rules that include a table apply.',
    ],
    [
      'rule-id',
      'partial',
      'Numbers or texts of digits; other texts, which AWS does not document, come last.',
    ],
    [
      'transformation',
      'partial',
      'Of several rules that name an object, or change a column’s type, the lowest rule-id applies; removing and adding columns goes beside them.',
    ],
    [
      'schema, table, column: names',
      'supported',
      'rename, prefixes, suffixes, lower and upper case. By expression: refused.',
    ],
    ['remove-column, include-column', 'supported'],
    [
      'add-column',
      'partial',
      'Expressions run in SQLite, with hash_sha256, operation_indicator, $AR_H_ and $AR_M_SOURCE_SCHEMA, $AR_M_SOURCE_TABLE_NAME; without one the column is NULL.',
    ],
    [
      'change-data-type',
      'partial',
      'The value is converted by PostgreSQL; set, list, map and tuple are refused.',
    ],
    ['define-primary-key', 'partial', 'Accepted without effect.'],
    ['table-tablespace, index-tablespace', 'partial', 'Accepted without effect: they are for Oracle.'],
    [
      'table-settings (parallel-load, lob-settings)',
      'partial',
      'Accepted without effect; a wildcard is refused, as DMS does.',
    ],
    ['validation', 'partial', 'Accepted without effect.'],
    ['data-masking-…, add-before-image-columns', 'refused'],
    ['object-mapping, post-processing', 'refused', 'They are for other targets.'],
    [
      'names in the target',
      'partial',
      'Found whatever their case, and made in lower case: Redshift folds them, quoted or not.',
    ],
  ]),
];

type Row = readonly [field: string, status: Support['status'], note?: string];

function settings(rows: readonly Row[]): readonly Support[] {
  return rows.map((row) => supportOf('task settings', row));
}

function mappings(rows: readonly Row[]): readonly Support[] {
  return rows.map((row) => supportOf('table mappings', row));
}

function supportOf(operation: string, [field, status, note]: Row): Support {
  return { operation, field, status, ...(note === undefined ? {} : { note }) };
}
