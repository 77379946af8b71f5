/** The states of every run outside its steps, by what they do. */
export const FRAME_STATES = {
  turn: 'Take_Turn',
  isTurn: 'is_turn_taken',
  waitForTurn: 'Wait_for_Turn',
  superseded: 'Run_Superseded',
  verify: 'Verify_Full_Load',
  confirm: 'Confirm_Load',
  complete: 'Run_Complete',
} as const;

/** Names of a step's states. The first one is the step's own name: a redrive starts there, and the console shows it. */
export function stepStateNames(step: string) {
  return {
    start: step,
    wait: `Wait_on_${step}`,
    check: `Check_Status_${step}`,
    complete: `is_run_${step}_complete`,
  };
}
