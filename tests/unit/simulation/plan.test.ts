import { describe, expect, it } from 'vitest';
import { DAY_MS, planWorld } from '../../../src/simulation/plan/world-plan.ts';

const plans = Array.from({ length: 500 }, (_, seed) => planWorld(seed));

describe('planWorld', () => {
  it('plans the same world for the same seed, and others for others', () => {
    expect(planWorld(7)).toEqual(planWorld(7));
    expect(planWorld(7)).not.toEqual(planWorld(8));
  });

  it('plans two or three pipelines of three to eight steps, and one to three tasks', () => {
    for (const { pipelines, tasks } of plans) {
      expect([2, 3]).toContain(pipelines.length);
      expect([1, 2, 3]).toContain(tasks.length);
      for (const { steps } of pipelines) {
        expect(steps.length).toBeGreaterThanOrEqual(3);
        expect(steps.length).toBeLessThanOrEqual(8);
      }
    }
  });

  it('plans at least six loads in at least two days, and a pipeline for each task', () => {
    for (const { pipelines, tasks, loads, disturbedMs } of plans) {
      expect(loads.length).toBeGreaterThanOrEqual(6);
      expect(disturbedMs).toBeGreaterThanOrEqual(2 * DAY_MS);
      for (const task of tasks)
        expect(pipelines.some((pipeline) => pipeline.tasks.includes(task))).toBe(true);
    }
  });

  it('has pipelines of several tasks, and tasks of several pipelines', () => {
    expect(plans.some(({ pipelines }) => pipelines.some(({ tasks }) => tasks.length > 1))).toBe(true);
    expect(
      plans.some(({ pipelines, tasks }) =>
        tasks.some((task) => pipelines.filter((pipeline) => pipeline.tasks.includes(task)).length > 1),
      ),
    ).toBe(true);
  });
});
