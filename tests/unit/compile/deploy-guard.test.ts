import { describe, expect, it } from 'vitest';
import { createDeployGuard } from '../../../src/compile/deploy-guard.ts';

const deploy = (sampleTasks: readonly string[]) =>
  createDeployGuard({ service: { custom: { stage: { sampleTasks } } }, classes: { Error } }).hooks[
    'before:deploy:deploy'
  ]();

describe('deploying', () => {
  it('is refused for a task that still has the sample’s ARN', () => {
    expect(() => deploy(['orders-task'])).toThrow(
      'parameter dmsTasks: "orders-task" still has the ARN of the sample',
    );
  });

  it('goes ahead for tasks of one’s own', () => {
    expect(() => deploy([])).not.toThrow();
  });
});
