import { arnName } from '../../arn.ts';
import type { RunStage } from '../../run-history/run.ts';
import { nameOfReason } from '../stop/until-stopped.ts';
import type { FollowedRun } from './follow-run.ts';

/** What was under way when a person stopped the command, a line each. @param reason as {@link Stop} has it */
export function describeStop(reason: string, followed: FollowedRun | undefined): readonly string[] {
  return [
    `stopped: ${nameOfReason(reason)}`,
    ...(followed === undefined ? ['  no run had started'] : describeCancelled(followed)),
  ];
}

function describeCancelled({ executionArn, run }: FollowedRun): readonly string[] {
  const name = `the run ${arnName(executionArn)}`;
  if (run.status !== 'RUNNING') return [`  ${name} had ended: ${run.status}`];
  const { turn, verification, steps, confirmation } = run;
  const running = [turn, verification, ...steps, confirmation].filter(({ state }) => state === 'running');
  const where = running.length === 0 ? 'between two steps' : `at ${running.map(describeStage).join(', ')}`;
  return [`  ${name} was cancelled ${where}`];
}

function describeStage(stage: RunStage & { readonly statementId?: string }): string {
  return stage.statementId === undefined ? stage.name : `${stage.name} (statement ${stage.statementId})`;
}
