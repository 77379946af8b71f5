/** What a person does about a failed run. */
interface Advice {
  readonly text: string;
  /** Whether redriving the execution is part of it. */
  readonly redrive: boolean;
}

/** By the name of the error that Step Functions shows; README.md's table says the same. */
const ADVICE: Readonly<Record<string, Advice>> = {
  StatementFailed: { text: 'Repair what the SQL error names, then redrive the execution.', redrive: true },
  StatementAborted: {
    text: 'Somebody, or Redshift, cancelled the statement. Redrive the execution.',
    redrive: true,
  },
  StatementTimedOut: {
    text: 'Speed the step up and redrive the execution, or allow it more timeoutSeconds, deploy, and start a new run.',
    redrive: true,
  },
  DataCheckFailed: {
    text: 'Repair the source and load again, which starts a run of its own; or repair the query of the check, deploy, and start a new run.',
    redrive: false,
  },
  LoadIncomplete: {
    text: 'Have DMS load the tables that are missing (reload or resume the task): that starts a run of its own.',
    redrive: false,
  },
  LoadChanged: { text: 'Nothing: the newer load has a run of its own.', redrive: false },
  ServiceUnavailable: {
    text: 'See whether DMS and Step Functions answer, then redrive the execution.',
    redrive: true,
  },
  NotYourTurn: {
    text: 'Another run of the pipeline took very long. Redrive the execution when it has ended.',
    redrive: true,
  },
  StatementLost: {
    text: 'Redrive the execution: the fence in the warehouse knows whether the step was applied. For a step that commits by itself, look first.',
    redrive: true,
  },
  RedshiftUnavailable: {
    text: 'See whether Redshift is available, then redrive the execution.',
    redrive: true,
  },
  InvalidConfig: {
    text: 'Correct the setting that the cause names, deploy, then redrive the execution.',
    redrive: true,
  },
  InvalidEvent: {
    text: 'The functions do not understand the state machine: deploy both together, then start a new run.',
    redrive: false,
  },
};

const UNKNOWN: Advice = {
  text: 'See the execution for where it stands, then redrive it: it goes on at the state that failed.',
  redrive: true,
};

/** Names of the errors that have an advice of their own. */
export const ADVISED_ERRORS: readonly string[] = Object.keys(ADVICE);

export function adviceFor(error: string): Advice {
  return ADVICE[error] ?? UNKNOWN;
}
