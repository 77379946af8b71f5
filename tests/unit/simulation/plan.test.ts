import { describe, expect, it } from 'vitest';
import { DAY_MS, planWorld } from '../../../src/simulation/plan/world-plan.ts';
import { hasAudits, type Step } from '../../../src/steps/step.ts';

const membersOf = (step: Step): readonly unknown[] => ('members' in step && step.members) || [step];
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
        const count = steps.flatMap(membersOf).length;
        expect(count).toBeGreaterThanOrEqual(3);
        expect(count).toBeLessThanOrEqual(8);
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

  it('has audits that fail and audits that warn, pipelines that publish all steps together, and some of them', () => {
    const pipelines = plans.flatMap((plan) => plan.pipelines);
    const severities = pipelines.flatMap(({ steps }) =>
      steps.filter(hasAudits).flatMap(({ audits }) => audits.map(({ severity }) => severity)),
    );
    const isGroup = (step: Step) => membersOf(step).length > 1;

    expect(new Set(severities)).toEqual(new Set(['fail', 'warn']));
    expect(pipelines.some(({ steps }) => steps.length === 1 && steps.some(isGroup))).toBe(true);
    expect(pipelines.some(({ steps }) => steps.length > 1 && steps.some(isGroup))).toBe(true);
    expect(pipelines.some(({ steps }) => !steps.some(isGroup))).toBe(true);
  });
});
