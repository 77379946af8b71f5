import { AGAIN, COMMAND, type ErrorEntry, IN_DEFINITION, ONCE, way } from './error-entry.ts';
import { LOAD_ERRORS } from './load-errors.ts';
import { STATEMENT_ERRORS } from './statement-errors.ts';

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
  ...STATEMENT_ERRORS,
  ...LOAD_ERRORS,
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
    retried: 'yes, for about five hours',
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
