import type { Verb } from './commands.ts';
import { AGAIN, COMMAND, type ErrorEntry, ONCE, way } from './error-entry.ts';

/** After a repair in the warehouse: migrate it there, then redrive. */
const IN_WAREHOUSE: readonly Verb[] = ['migrate', 'redrive'];
/** After a repair in the definition: deploy, then continue in a new run. A redrive would keep the definition that the run began with. */
const IN_DEFINITION: readonly Verb[] = ['deploy', 'continue'];

const ANSWERS_AGAIN = way(
  'A run ended with it',
  'The cause says what did not answer. Wait until it answers again.',
  ['redrive'],
);

/**
 * Every error of this system by its name. docs/errors.md, notifications and the terminal are made from it. It is one table, because
 * contradictions in the advice only show when all of it stands side by side.
 */
export const ERROR_TABLE: Readonly<Record<string, ErrorEntry>> = {
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
      'A check found wrong rows. The cause has their count, and also the rows if the step says showRows',
    advice: [
      way('The source is wrong', 'Correct the rows in the source.', ['reload']),
      way(
        'The check is wrong, or too strict',
        "Correct its query in sql/checks, or the step's severity in src/pipelines.",
        IN_DEFINITION,
      ),
      way(
        'A step of this load wrote the wrong rows, and took effect',
        'Correct its procedure in sql/migrations. A rerun is needed, because the fence keeps a step that took effect from running again.',
        ['migrate', 'rerun'],
      ),
      way('The wrong rows are not from this load', 'Correct them in the warehouse.', ['redrive']),
    ],
  },
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
  LoadChanged: {
    ...ONCE,
    meaning: 'Staging no longer holds the load of this run: a newer load has come, or DMS is loading one',
    advice: [way('In any case', 'Nothing: the newer load has its own run.', [])],
  },
  RedshiftUnavailable: {
    ...AGAIN,
    meaning: 'The Data API is throttled, busy or unreachable',
    advice: [ANSWERS_AGAIN],
  },
  ServiceUnavailable: {
    ...AGAIN,
    retried: 'yes, for about an hour and a half; Lambda and EventBridge deliver an event again',
    meaning: 'DMS, Step Functions or SNS does not answer, or DMS does not confirm what an event says',
    advice: [
      ANSWERS_AGAIN,
      way(
        'An event was not handled',
        'Nothing: the sweep finds its load within 15 minutes. The event itself is in the failure queue.',
        [],
      ),
    ],
  },
  NotYourTurn: {
    ...AGAIN,
    meaning: 'Another run of the pipeline is under way, and one run works at a time',
    advice: [way('A run ended with it', 'Wait until the run that the cause names has ended.', ['redrive'])],
  },
  InvalidEvent: {
    ...ONCE,
    meaning: 'An event, a request or the input of a state is malformed. Nothing was started',
    advice: [
      way('A request was malformed', 'Correct what the message names.', []),
      way(
        'A run ended with it: the functions do not understand the state machine',
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
        'Correct it in serverless.yml. A redrive would keep the target that the run began with.',
        IN_DEFINITION,
      ),
      way('AWS refuses: a permission, a secret, a cluster that is gone or paused', 'Repair it in AWS.', [
        'redrive',
      ]),
    ],
  },
  InvalidPipeline: {
    ...COMMAND,
    meaning: 'A pipeline cannot be compiled. The message names pipeline, step and field',
    advice: [way('In any case', 'Correct the field in src/pipelines.', ['deploy'])],
  },
  MigrationFailed: {
    ...COMMAND,
    meaning:
      'A file of sql/migrations cannot be applied. Nothing of it was applied, unless it runs without a transaction',
    advice: [way('In any case', 'Correct the statement that the message names.', ['migrate'])],
  },
};

/** The entry for errors of Step Functions and Lambda, which are not this system's. */
const FOREIGN: ErrorEntry = {
  ...ONCE,
  meaning: 'Step Functions or Lambda ended the run, or a person stopped it',
  advice: [
    way('It was stopped, or the cause is gone', 'Look at the execution to see how far it came.', ['redrive']),
    way('The definition or the functions are wrong', 'Correct them.', IN_DEFINITION),
  ],
};

/** The entry of an error by its name. Names that are not in the table get the entry for errors of others. */
export function errorEntry(name: string): ErrorEntry {
  return ERROR_TABLE[name] ?? FOREIGN;
}
