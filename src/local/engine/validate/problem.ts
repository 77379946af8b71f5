/** One thing wrong with a definition, as ValidateStateMachineDefinition lists it. */
export interface Problem {
  readonly code: ProblemCode;
  readonly message: string;
  /** JSON path from the definition's root, e.g. `/States/A/Next`; null for the machine as a whole. */
  readonly location: string | null;
}

export type ProblemCode =
  | 'SCHEMA_VALIDATION_FAILED'
  | 'MISSING_TRANSITION_TARGET'
  | 'MISSING_END_STATE'
  | 'DUPLICATE_STATE_NAME'
  | 'INVALID_JSONATA_EXPRESSION'
  | 'UNSUPPORTED_JSONATA_EXPRESSION';

/** Collects problems. */
export interface ProblemReport {
  add(code: ProblemCode, message: string, location: string | null): void;
  /** Adds a SCHEMA_VALIDATION_FAILED. */
  schema(message: string, location: string): void;
  readonly problems: readonly Problem[];
}

export function createReport(): ProblemReport {
  const problems: Problem[] = [];
  const add: ProblemReport['add'] = (code, message, location) =>
    void problems.push({ code, message, location });
  return {
    add,
    schema: (message, location) => add('SCHEMA_VALIDATION_FAILED', message, location),
    problems,
  };
}

/** A problem in the words of CreateStateMachine's InvalidDefinition. */
export function describeProblem({ code, message, location }: Problem): string {
  return `${code}: ${message} at ${location}`;
}
