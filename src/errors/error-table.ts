import type { Verb } from './commands.ts';

/** One way out of an error, for one of its causes. */
export interface Advice {
  /** The cause for which this is the way. */
  readonly when: string;
  /** What a person repairs first; a sentence. */
  readonly repair: string;
  /** What leads on then, in this order; nothing where another run does it. */
  readonly verbs: readonly Verb[];
}

export interface ErrorEntry {
  /** What it says has happened; a sentence without its stop. */
  readonly meaning: string;
  /** Whether it is tried again, by whom and for how long. */
  readonly retried: string;
  /** Matched by the Retry of every task of a state machine. */
  readonly isRetriedByMachine: boolean;
  /** An execution can end with it; the others end a command. */
  readonly endsRuns: boolean;
  readonly advice: readonly Advice[];
}

const ONCE = { retried: 'no', isRetriedByMachine: false, endsRuns: true } as const;
const AGAIN = {
  retried: 'yes, for about an hour and a half',
  isRetriedByMachine: true,
  endsRuns: true,
} as const;
const COMMAND = { retried: 'no', isRetriedByMachine: false, endsRuns: false } as const;

/** Repairs have one way each. What lies in the warehouse: repair it, redrive. */
const IN_WAREHOUSE: readonly Verb[] = ['migrate', 'redrive'];
/** A redrive keeps the definition that the run began with: what lies in the definition takes a new run. */
const IN_DEFINITION: readonly Verb[] = ['deploy', 'continue'];

/**
 * Every error of this system by its name: docs/errors.md, notifications and the terminal are made from it. It is one table, longer
 * than a file should be, since advice is only seen to contradict itself where it stands side by side.
 */
export const ERROR_TABLE: Readonly<Record<string, ErrorEntry>> = {
  StatementFailed: {
    ...ONCE,
    meaning:
      'A statement of a step ended FAILED; the cause has the SQL error. Production is as it was before the step, unless the step commits by itself',
    advice: [
      {
        when: 'A procedure or a table is wrong',
        repair: 'Correct it in sql/migrations.',
        verbs: IN_WAREHOUSE,
      },
      {
        when: 'A permission is missing',
        repair: 'Grant it in sql/migrations/R__user_grants.sql.',
        verbs: IN_WAREHOUSE,
      },
      {
        when: 'The step is wrong: the name of its procedure or query, its arguments',
        repair: 'Correct the pipeline in src/pipelines, or the query in sql/checks.',
        verbs: IN_DEFINITION,
      },
      {
        when: 'A limit of the warehouse, or something that has passed',
        repair: 'Raise the limit that the cause names, or see that the cause is gone.',
        verbs: ['redrive'],
      },
      { when: 'The staged data are wrong', repair: 'Correct them in the source.', verbs: ['reload'] },
    ],
  },
  StatementAborted: {
    ...ONCE,
    meaning: 'A statement was cancelled, by a person or by Redshift',
    advice: [
      {
        when: 'In any case',
        repair: 'Find out who has cancelled it, and that they will not again.',
        verbs: ['redrive'],
      },
    ],
  },
  StatementTimedOut: {
    ...ONCE,
    meaning: "A statement ran longer than its step's timeoutSeconds and was cancelled",
    advice: [
      {
        when: 'It needs more time',
        repair: "Raise the step's timeoutSeconds in src/pipelines.",
        verbs: IN_DEFINITION,
      },
      {
        when: 'Its procedure can be faster',
        repair: 'Improve it in sql/migrations.',
        verbs: IN_WAREHOUSE,
      },
      {
        when: 'It waited for a lock, or for a busy warehouse',
        repair: 'See that the other has ended.',
        verbs: ['redrive'],
      },
    ],
  },
  StatementLost: {
    ...ONCE,
    meaning: 'The Data API no longer knows a statement that was submitted; it remembers for 24 hours',
    advice: [
      {
        when: 'The step has a fence (all but those with `commits`)',
        repair: 'Nothing: the fence knows whether the step was applied.',
        verbs: ['redrive'],
      },
      {
        when: 'The step commits by itself (`commits: true`)',
        repair:
          'Look in the warehouse what the procedure has done, and see that it can run again: the step is run a second time.',
        verbs: ['continue'],
      },
    ],
  },
  DataCheckFailed: {
    ...ONCE,
    meaning:
      'A check found rows that are wrong; the cause has their count, and the rows where the step has showRows',
    advice: [
      { when: 'The source is wrong', repair: 'Correct the rows in the source.', verbs: ['reload'] },
      {
        when: 'The check is wrong, or too strict',
        repair: "Correct its query in sql/checks, or the step's severity in src/pipelines.",
        verbs: IN_DEFINITION,
      },
      {
        when: 'A step of this load has made the wrong rows, and took effect',
        repair: 'Correct its procedure in sql/migrations. The fence would not run the step again.',
        verbs: ['migrate', 'rerun'],
      },
      {
        when: 'Rows beside the load are wrong',
        repair: 'Correct them in the warehouse.',
        verbs: ['redrive'],
      },
    ],
  },
  LoadIncomplete: {
    ...ONCE,
    meaning:
      'DMS could not load every table, or staging has not the rows that DMS has loaded; the cause lists what is missing',
    advice: [
      {
        when: 'DMS could not load a table',
        repair: "See the task's log, and repair what it names.",
        verbs: ['resume'],
      },
      {
        when: 'Rows are missing or too many in staging, or the source was empty',
        repair: 'Repair the task, the source, or whatever else writes to the staged table.',
        verbs: ['reload'],
      },
      {
        when: 'A procedure empties, drops or renames a staged table when it has used it',
        repair:
          "Say so in its step in src/pipelines: consumes: ['schema.table']. A table that it drops or renames has to be there again before the next load, with its grants: make it in the procedure, or in sql/migrations.",
        verbs: ['deploy', 'reload'],
      },
      {
        when: 'The pipeline asks for too much: a table that may be empty, or is none of the task',
        repair: 'Correct stagedTables (minRows, source) in src/pipelines.',
        verbs: IN_DEFINITION,
      },
    ],
  },
  LoadChanged: {
    ...ONCE,
    meaning:
      'Staging no longer holds the load that the run is about: a newer one has come, or is being loaded',
    advice: [{ when: 'In any case', repair: 'Nothing: the newer load has a run of its own.', verbs: [] }],
  },
  RedshiftUnavailable: {
    ...AGAIN,
    meaning: 'The Data API is throttled, busy or unreachable',
    advice: [
      {
        when: 'It has ended a run',
        repair: 'See in the cause what did not answer, and that it does again.',
        verbs: ['redrive'],
      },
    ],
  },
  ServiceUnavailable: {
    ...AGAIN,
    retried: 'yes, for about an hour and a half; an event by EventBridge and Lambda',
    meaning:
      'DMS, Step Functions or SNS does not answer, or DMS contradicts the event that says a load has ended',
    advice: [
      {
        when: 'It has ended a run',
        repair: 'See in the cause what did not answer, and that it does again.',
        verbs: ['redrive'],
      },
      {
        when: 'An event was not handled',
        repair: 'Nothing: the sweep finds its load. The event itself is in the failure queue.',
        verbs: [],
      },
    ],
  },
  NotYourTurn: {
    ...AGAIN,
    meaning: 'Another run of the pipeline has the turn',
    advice: [
      {
        when: 'It has ended a run',
        repair: 'Wait until the run that the cause names has ended.',
        verbs: ['redrive'],
      },
    ],
  },
  InvalidEvent: {
    ...ONCE,
    meaning: 'An event, a request or the input of a state is malformed; nothing was started',
    advice: [
      { when: 'A request was malformed', repair: 'Correct what the message names.', verbs: [] },
      {
        when: 'A run has ended with it: functions and state machine do not fit each other',
        repair: 'Deploy both together.',
        verbs: IN_DEFINITION,
      },
    ],
  },
  InvalidConfig: {
    ...ONCE,
    meaning: "The stage's settings are wrong, or AWS refuses them",
    advice: [
      {
        when: 'A parameter of the stage is wrong',
        repair: 'Correct it in serverless.yml. A run keeps the target that it began with.',
        verbs: IN_DEFINITION,
      },
      {
        when: 'AWS refuses: a permission, a secret, a cluster that is gone or paused',
        repair: 'Repair it there.',
        verbs: ['redrive'],
      },
    ],
  },
  InvalidPipeline: {
    ...COMMAND,
    meaning: 'A pipeline cannot be compiled; the message names pipeline, step and field',
    advice: [{ when: 'In any case', repair: 'Correct the field in src/pipelines.', verbs: ['deploy'] }],
  },
  MigrationFailed: {
    ...COMMAND,
    meaning: 'A file of sql/migrations cannot be applied; nothing of it was',
    advice: [
      { when: 'In any case', repair: 'Correct the statement that the message names.', verbs: ['migrate'] },
    ],
  },
};

/** Stands for errors that are not this system's: of Step Functions, of Lambda. */
const FOREIGN: ErrorEntry = {
  ...ONCE,
  meaning: 'Step Functions or Lambda has ended the run, or a person has stopped it',
  advice: [
    {
      when: 'It was stopped, or the cause has passed',
      repair: 'See the execution for where it stands.',
      verbs: ['redrive'],
    },
    { when: 'Definition or functions are wrong', repair: 'Correct them.', verbs: IN_DEFINITION },
  ],
};

/** The entry of an error by its name, whoever has thrown it. */
export function errorEntry(name: string): ErrorEntry {
  return ERROR_TABLE[name] ?? FOREIGN;
}
