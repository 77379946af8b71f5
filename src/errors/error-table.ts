import type { Verb } from './commands.ts';
import { AGAIN, COMMAND, type ErrorEntry, ONCE, way } from './error-entry.ts';

/** Repairs have one way each. What lies in the warehouse: repair it, redrive. */
const IN_WAREHOUSE: readonly Verb[] = ['migrate', 'redrive'];
/** A redrive keeps the definition that the run began with: what lies in the definition takes a new run. */
const IN_DEFINITION: readonly Verb[] = ['deploy', 'continue'];

const ANSWERS_AGAIN = way(
  'It has ended a run',
  'See in the cause what did not answer, and that it does again.',
  ['redrive'],
);

/**
 * Every error of this system by its name: docs/errors.md, notifications and the terminal are made from it. It is one table,
 * since advice is only seen to contradict itself where it stands side by side.
 */
export const ERROR_TABLE: Readonly<Record<string, ErrorEntry>> = {
  StatementFailed: {
    ...ONCE,
    meaning:
      'A statement of a step ended FAILED; the cause has the SQL error. Production is as it was before the step, unless the step commits by itself',
    advice: [
      way('A procedure or a table is wrong', 'Correct it in sql/migrations.', IN_WAREHOUSE),
      way('A permission is missing', 'Grant it in sql/migrations/R__user_grants.sql.', IN_WAREHOUSE),
      way(
        'The step is wrong: the name of its procedure or query, its arguments',
        'Correct the pipeline in src/pipelines, or the query in sql/checks.',
        IN_DEFINITION,
      ),
      way(
        'A limit of the warehouse, or something that has passed',
        'Raise the limit that the cause names, or see that the cause is gone.',
        ['redrive'],
      ),
      way('The staged data are wrong', 'Correct them in the source.', ['reload']),
    ],
  },
  StatementAborted: {
    ...ONCE,
    meaning: 'A statement was cancelled, by a person or by Redshift',
    advice: [way('In any case', 'Find out who has cancelled it, and that they will not again.', ['redrive'])],
  },
  StatementTimedOut: {
    ...ONCE,
    meaning: "A statement ran longer than its step's timeoutSeconds and was cancelled",
    advice: [
      way('It needs more time', "Raise the step's timeoutSeconds in src/pipelines.", IN_DEFINITION),
      way('Its procedure can be faster', 'Improve it in sql/migrations.', IN_WAREHOUSE),
      way('It waited for a lock, or for a busy warehouse', 'See that the other has ended.', ['redrive']),
    ],
  },
  StatementLost: {
    ...ONCE,
    meaning: 'The Data API no longer knows a statement that was submitted; it remembers for 24 hours',
    advice: [
      way(
        'The step has a fence (all but those with `commits`)',
        'Nothing: the fence knows whether the step was applied.',
        ['redrive'],
      ),
      way(
        'The step commits by itself (`commits: true`)',
        'Look in the warehouse what the procedure has done, and see that it can run again: the step is run a second time.',
        ['continue'],
      ),
    ],
  },
  DataCheckFailed: {
    ...ONCE,
    meaning:
      'A check found rows that are wrong; the cause has their count, and the rows where the step has showRows',
    advice: [
      way('The source is wrong', 'Correct the rows in the source.', ['reload']),
      way(
        'The check is wrong, or too strict',
        "Correct its query in sql/checks, or the step's severity in src/pipelines.",
        IN_DEFINITION,
      ),
      way(
        'A step of this load has made the wrong rows, and took effect',
        'Correct its procedure in sql/migrations. The fence would not run the step again.',
        ['migrate', 'rerun'],
      ),
      way('Rows beside the load are wrong', 'Correct them in the warehouse.', ['redrive']),
    ],
  },
  LoadIncomplete: {
    ...ONCE,
    meaning:
      'DMS could not load every table, or staging has not the rows that DMS has loaded; the cause lists what is missing',
    advice: [
      way('DMS could not load a table', "See the task's log, and repair what it names.", ['resume']),
      way(
        'Rows are missing or too many in staging, or the source was empty',
        'Repair the task, the source, or whatever else writes to the staged table.',
        ['reload'],
      ),
      way(
        'A procedure empties, drops or renames a staged table when it has used it',
        "Say so in its step in src/pipelines: consumes: ['schema.table']. A table that it drops or renames has to be there again before the next load, with its grants: make it in the procedure, or in sql/migrations.",
        ['deploy', 'reload'],
      ),
      way(
        'The pipeline asks for too much: a table that may be empty, or is none of the task',
        'Correct stagedTables (minRows, source) in src/pipelines.',
        IN_DEFINITION,
      ),
    ],
  },
  LoadChanged: {
    ...ONCE,
    meaning:
      'Staging no longer holds the load that the run is about: a newer one has come, or is being loaded',
    advice: [way('In any case', 'Nothing: the newer load has a run of its own.', [])],
  },
  RedshiftUnavailable: {
    ...AGAIN,
    meaning: 'The Data API is throttled, busy or unreachable',
    advice: [ANSWERS_AGAIN],
  },
  ServiceUnavailable: {
    ...AGAIN,
    retried: 'yes, for about an hour and a half; an event by EventBridge and Lambda',
    meaning:
      'DMS, Step Functions or SNS does not answer, or DMS contradicts the event that says a load has ended',
    advice: [
      ANSWERS_AGAIN,
      way(
        'An event was not handled',
        'Nothing: the sweep finds its load. The event itself is in the failure queue.',
        [],
      ),
    ],
  },
  NotYourTurn: {
    ...AGAIN,
    meaning: 'Another run of the pipeline has the turn',
    advice: [way('It has ended a run', 'Wait until the run that the cause names has ended.', ['redrive'])],
  },
  InvalidEvent: {
    ...ONCE,
    meaning: 'An event, a request or the input of a state is malformed; nothing was started',
    advice: [
      way('A request was malformed', 'Correct what the message names.', []),
      way(
        'A run has ended with it: functions and state machine do not fit each other',
        'Deploy both together.',
        IN_DEFINITION,
      ),
    ],
  },
  InvalidConfig: {
    ...ONCE,
    meaning: "The stage's settings are wrong, or AWS refuses them",
    advice: [
      way(
        'A parameter of the stage is wrong',
        'Correct it in serverless.yml. A run keeps the target that it began with.',
        IN_DEFINITION,
      ),
      way('AWS refuses: a permission, a secret, a cluster that is gone or paused', 'Repair it there.', [
        'redrive',
      ]),
    ],
  },
  InvalidPipeline: {
    ...COMMAND,
    meaning: 'A pipeline cannot be compiled; the message names pipeline, step and field',
    advice: [way('In any case', 'Correct the field in src/pipelines.', ['deploy'])],
  },
  MigrationFailed: {
    ...COMMAND,
    meaning: 'A file of sql/migrations cannot be applied; nothing of it was',
    advice: [way('In any case', 'Correct the statement that the message names.', ['migrate'])],
  },
};

/** Stands for errors that are not this system's: of Step Functions, of Lambda. */
const FOREIGN: ErrorEntry = {
  ...ONCE,
  meaning: 'Step Functions or Lambda has ended the run, or a person has stopped it',
  advice: [
    way('It was stopped, or the cause has passed', 'See the execution for where it stands.', ['redrive']),
    way('Definition or functions are wrong', 'Correct them.', IN_DEFINITION),
  ],
};

/** The entry of an error by its name, whoever has thrown it. */
export function errorEntry(name: string): ErrorEntry {
  return ERROR_TABLE[name] ?? FOREIGN;
}
