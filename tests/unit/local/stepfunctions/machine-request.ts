/** A definition that begins at the first of its states. */
export const definitionOf = (states: object) =>
  JSON.stringify({ QueryLanguage: 'JSONata', StartAt: Object.keys(states)[0], States: states });

/** Of the machine that requests name `machine`. */
export const ARN = 'arn:aws:states:us-east-1:000000000000:stateMachine:machine';
