/**
 * Every error that this system throws on purpose. The literal `name` is a public interface: Step Functions matches and
 * shows it, and minifying must not change it. error-table.ts says what each error means and what to do.
 */

/** Longer causes are cut. Step Functions keeps 32,768 characters, but a person reads fewer. */
const MAX_MESSAGE_BYTES = 8_192;

/** The literal name is the class's, which `sls invoke local` shows, and so the error's own. */
abstract class OrchestratorError extends Error {
  override readonly name: string;

  constructor(message: string, options?: { cause?: unknown }) {
    super(cutToBytes(message, MAX_MESSAGE_BYTES), options);
    this.name = new.target.name;
  }
}

/** A statement ended FAILED, and is not tried again. */
export class StatementFailed extends OrchestratorError {
  static override readonly name = 'StatementFailed';
}

/** A statement ended ABORTED: somebody cancelled it, or the cluster was restarted. */
export class StatementAborted extends OrchestratorError {
  static override readonly name = 'StatementAborted';
}

/** A statement ran longer than its step allows and was cancelled. */
export class StatementTimedOut extends OrchestratorError {
  static override readonly name = 'StatementTimedOut';
}

/** The Data API no longer knows a statement that was submitted. */
export class StatementLost extends OrchestratorError {
  static override readonly name = 'StatementLost';
}

/** A data check found rows that are wrong. */
export class DataCheckFailed extends OrchestratorError {
  static override readonly name = 'DataCheckFailed';
}

/** Tables of a load or rows in staging are missing: DMS did not load them, or something else removed them. */
export class LoadIncomplete extends OrchestratorError {
  static override readonly name = 'LoadIncomplete';
}

/** A staged table has other columns than it should have. */
export class SchemaChanged extends OrchestratorError {
  static override readonly name = 'SchemaChanged';
}

/** Staging no longer holds the load of this run. */
export class LoadChanged extends OrchestratorError {
  static override readonly name = 'LoadChanged';
}

/** The Data API cannot answer now: it is throttled, busy or unreachable. The state machine retries it. */
export class RedshiftUnavailable extends OrchestratorError {
  static override readonly name = 'RedshiftUnavailable';
}

/**
 * DMS, Step Functions or SNS cannot answer now, or DMS does not show yet what an event reports. The state machine retries the
 * state, and an event is delivered again.
 */
export class ServiceUnavailable extends OrchestratorError {
  static override readonly name = 'ServiceUnavailable';
}

/** Another run of the pipeline is under way. The state machine retries the state. */
export class NotYourTurn extends OrchestratorError {
  static override readonly name = 'NotYourTurn';
}

/** An event, a request or the input of a state is malformed. Nothing was started. */
export class InvalidEvent extends OrchestratorError {
  static override readonly name = 'InvalidEvent';
}

/** The stage's settings are missing or contradictory, or AWS refuses them. */
export class InvalidConfig extends OrchestratorError {
  static override readonly name = 'InvalidConfig';
}

/** A pipeline cannot be compiled. The message names pipeline, step and field. */
export class InvalidPipeline extends OrchestratorError {
  static override readonly name = 'InvalidPipeline';

  /** The same error, with the place of the definition before its message. */
  at(place: string | undefined): InvalidPipeline {
    return place === undefined
      ? this
      : new InvalidPipeline(`${place}: ${this.message}`, { cause: this.cause });
  }
}

/** A migration cannot be applied. The message names file, statement and SQL error. */
export class MigrationFailed extends OrchestratorError {
  static override readonly name = 'MigrationFailed';
}

function cutToBytes(text: string, maxBytes: number): string {
  const bytes = Buffer.from(text);
  if (bytes.length <= maxBytes) return text;
  return `${bytes
    .subarray(0, maxBytes - 4)
    .toString()
    .replace(/\uFFFD$/, '')}…`;
}
