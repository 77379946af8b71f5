import { type ErrorEntry, IN_DEFINITION, IN_WAREHOUSE, ONCE, way } from './error-entry.ts';

/** Entries of the table of errors: how a step's statement can end. */
export const STATEMENT_ERRORS: Readonly<Record<string, ErrorEntry>> = {
  StatementFailed: {
    ...ONCE,
    meaning:
      'A statement of a step ended FAILED. The cause has the SQL error. Production is as it was before the step, unless the step commits by itself',
    advice: [
      way('A procedure or a table is wrong', 'Correct it in sql/migrations.', IN_WAREHOUSE),
      way('A permission is missing', 'Grant it in sql/migrations/R__user_grants.sql.', IN_WAREHOUSE),
      way(
        'The step is wrong: the name of its procedure or query, or its arguments',
        'Correct the pipeline in src/pipelines, or the query in sql/checks.',
        IN_DEFINITION,
      ),
      way(
        'A limit of the warehouse was exceeded, or the cause was temporary',
        'Raise the limit that the cause names, or wait until the cause is gone.',
        ['redrive'],
      ),
      way('The staged data are wrong', 'Correct them in the source.', ['reload']),
    ],
  },
  StatementAborted: {
    ...ONCE,
    meaning: 'A person or Redshift cancelled a statement',
    advice: [
      way('In any case', 'Find out who cancelled it, and make sure that it does not happen again.', [
        'redrive',
      ]),
    ],
  },
  StatementTimedOut: {
    ...ONCE,
    meaning: "A statement ran longer than the step's timeoutSeconds and was cancelled",
    advice: [
      way('It needs more time', "Raise the step's timeoutSeconds in src/pipelines.", IN_DEFINITION),
      way('Its procedure is too slow', 'Improve it in sql/migrations.', IN_WAREHOUSE),
      way('It waited for a lock, or for a busy warehouse', 'Wait until what blocked it has ended.', [
        'redrive',
      ]),
    ],
  },
  StatementLost: {
    ...ONCE,
    meaning:
      'The Data API no longer knows a statement that was submitted. It remembers a statement for 24 hours',
    advice: [
      way(
        'The step has a fence, as every step that calls procedures without `commits`',
        'Nothing: the fence has recorded whether the step was applied.',
        ['redrive'],
      ),
      way(
        'The step commits by itself (`commits: true`)',
        'Check in the warehouse what the procedure has done, and make sure that it can run again: the step is run a second time.',
        ['continue'],
      ),
    ],
  },
  DataCheckFailed: {
    ...ONCE,
    meaning:
      'An audit of a step, or a check, found wrong rows. The cause has their count, and also the rows if showRows is set. If an audit failed, nothing of its step took effect: readers still see the load before',
    advice: [
      way('The source is wrong', 'Correct the rows in the source.', ['reload']),
      way(
        'The check or the audit is wrong, or too strict',
        'Correct its query in sql/checks, or the audit or severity in src/pipelines.',
        IN_DEFINITION,
      ),
      way(
        'An audit found what a procedure of its step wrote',
        'Correct the procedure in sql/migrations. The step was rolled back, so a redrive runs it again.',
        IN_WAREHOUSE,
      ),
      way(
        'A step of this load wrote the wrong rows, and took effect',
        'Correct its procedure in sql/migrations. A rerun is needed, because the fence keeps a step that took effect from running again.',
        ['migrate', 'rerun'],
      ),
      way('The wrong rows are not from this load', 'Correct them in the warehouse.', ['redrive']),
    ],
  },
};
