import { type ErrorEntry, IN_DEFINITION, IN_WAREHOUSE, ONCE, way } from './error-entry.ts';

/** Entries of the table of errors: what can be wrong with a load. */
export const LOAD_ERRORS: Readonly<Record<string, ErrorEntry>> = {
  LoadIncomplete: {
    ...ONCE,
    meaning:
      'DMS could not load every table, or staging does not hold the rows that DMS loaded. The cause lists what is missing',
    advice: [
      way('DMS could not load a table', "Read the task's log, and repair what it names.", ['resume']),
      way(
        'Staging has too few or too many rows, or the source was empty',
        'Repair the task, the source, or whatever else writes to the staged table.',
        ['reload'],
      ),
      way(
        'A procedure empties, drops or renames a staged table after it has used it',
        "Say so in its step in src/pipelines: consumes: ['schema.table']. If it drops or renames the table, create the table again, with its grants, before the next load: in the procedure, or in sql/migrations.",
        ['deploy', 'reload'],
      ),
      way(
        'The pipeline expects too much: a table that may be empty, or that the task does not load',
        'Correct stagedTables (minRows, source) in src/pipelines.',
        IN_DEFINITION,
      ),
    ],
  },
  SchemaChanged: {
    ...ONCE,
    meaning:
      'A staged table does not have the columns that it should have: one is missing, new, narrower or of another type. No step has run. With TRUNCATE_BEFORE_LOAD this finds changes to the table in Redshift. A new column in the source never reaches the table, so it is not found',
    advice: [
      way(
        'The table was changed on purpose',
        'Put the change into a V file of sql/migrations, together with what the procedures need. Migrate records the new columns.',
        IN_WAREHOUSE,
      ),
      way(
        'The definition names the columns',
        'Correct `columns` of the staged table in src/pipelines.',
        IN_DEFINITION,
      ),
      way(
        'DMS made the table anew, with types of its own (DROP_AND_CREATE)',
        'Set the task to TRUNCATE_BEFORE_LOAD, and give the table its columns back in sql/migrations.',
        ['migrate', 'reload'],
      ),
      way(
        'A new column does no harm',
        "Say so in src/pipelines: extra: 'warn' or 'allow' at the staged table.",
        IN_DEFINITION,
      ),
    ],
  },
  LoadChanged: {
    ...ONCE,
    meaning: 'Staging no longer holds the load of this run: a newer load has come, or DMS is loading one',
    advice: [way('In any case', 'Nothing: the newer load has its own run.', [])],
  },
};
