import type { Context } from 'aws-lambda';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import * as z from 'zod';
import { countTrouble } from '../../../src/aws/run-metrics.ts';
import { compileAlarms } from '../../../src/compile/template/alarms.ts';
import { ofType, resolve, toTemplate } from '../../fixtures/package/cloudformation/template.ts';
import { loggedMetrics, watchedMetrics } from '../../fixtures/package/metrics.ts';
import { orders } from '../../fixtures/pipeline.ts';
import { CLUSTER_PARAMETERS, testStage } from '../../fixtures/stage.ts';

const context = { awsRequestId: 'request-1', getRemainingTimeInMillis: () => 60_000 } as Context;
const NOTHING = { failed: [], missingCompanions: [], overdue: [] };

let instances = 0;

/** What a function logs that counts an attempt, and the trouble of a sweep. */
async function logged(trouble: Parameters<typeof countTrouble>[1], detailedMetrics = 'false') {
  vi.stubEnv('DETAILED_METRICS', detailedMetrics);
  // The module reads its environment when it is imported: each gets one of its own.
  instances += 1;
  const { createLambdaHandler }: typeof import('../../../src/aws/lambda-handler.ts') = await import(
    `../../../src/aws/lambda-handler.ts?instance=${instances}`
  );
  const lines: string[] = [];
  vi.spyOn(console, 'log').mockImplementation((line) => lines.push(line));
  await createLambdaHandler(z.unknown(), async (_, { metrics, watched }) => {
    metrics.addMetric('StatementAttempts', 'Count', 1);
    countTrouble(watched, trouble);
  })({}, context);
  return loggedMetrics(lines);
}

describe('metrics', () => {
  beforeEach(() => {
    vi.stubEnv('POWERTOOLS_METRICS_NAMESPACE', 'elt');
    vi.stubEnv('POWERTOOLS_SERVICE_NAME', 'elt-test');
    vi.stubEnv('POWERTOOLS_METRICS_DISABLED', 'false');
    // Powertools then writes to the console that is spied on.
    vi.stubEnv('POWERTOOLS_DEV', 'true');
  });
  afterEach(() => {
    vi.unstubAllEnvs();
    vi.restoreAllMocks();
  });

  it('are written as alarms look at them: with their namespace and dimensions', async () => {
    const alarms = toTemplate(compileAlarms(testStage(CLUSTER_PARAMETERS, [orders])));
    const watched = watchedMetrics(resolve(alarms as never) as never);

    const found = await logged({ failed: ['a'], missingCompanions: ['b'], overdue: [orders.name] });

    expect(ofType(alarms, 'AWS::CloudWatch::Alarm').length).toBeGreaterThan(0);
    expect(watched).toHaveLength(3);
    expect(found).toHaveLength(3);
    expect(found).toEqual(expect.arrayContaining([...watched]));
  });

  it('cost nothing while nothing is wrong', async () => {
    expect(await logged(NOTHING)).toEqual([]);
  });

  it('that no alarm looks at are written where the stage asks for them', async () => {
    expect(await logged(NOTHING, 'true')).toMatchObject([{ MetricName: 'StatementAttempts' }]);
  });
});
