import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { RedshiftServerlessClient } from '@aws-sdk/client-redshift-serverless';
import { describe, expect, it } from 'vitest';
import { definePipeline } from '../../../../src/definition/define-pipeline.ts';
import {
  judgeConcurrency,
  judgeStatementQuota,
  judgeWorkgroup,
} from '../../../../src/preflight/stage/limits/judge-limits.ts';
import { readLambdaLimits, readWorkgroupLimits } from '../../../../src/preflight/stage/limits/read-limits.ts';
import { judgeSweepLog, readSweepLog } from '../../../../src/preflight/stage/limits/sweep-log.ts';
import { type StandInAnswers, startStandIn } from '../../../fixtures/endpoint/stand-in.ts';

const NOW = Date.parse('2026-12-01T12:00:00Z');
const step = { call: 'dbo.sp_x', timeoutSeconds: 3_600 };

/** A pipeline that runs so many steps side by side, and one behind them. */
function wide(steps: number) {
  const names = [...Array(steps).keys()].map((index) => `Step_${index + 1}`);
  return definePipeline({
    ...{ name: `wide-${steps}`, tasks: ['task'], stagedTables: ['dbo.stg'] },
    steps: Object.fromEntries([...names.map((name) => [name, step]), ['Last', { ...step, after: names }]]),
  });
}

describe('the concurrency of the functions', () => {
  const find = async (unreserved: number, reserved: number | undefined, steps = 5) => {
    const { config } = await startStandIn({
      '/2016-08-19/account-settings': {
        AccountLimit: { ConcurrentExecutions: 1_000, UnreservedConcurrentExecutions: unreserved },
      },
      '/2019-09-30/functions/start/concurrency': {},
      '/2019-09-30/functions/check/concurrency':
        reserved === undefined ? {} : { ReservedConcurrentExecutions: reserved },
    });
    const limits = await readLambdaLimits(new LambdaClient(config), ['start', 'check']);
    return judgeConcurrency([wide(2), wide(steps)], limits, 'check').map(({ id }) => id);
  };

  it.each([
    ['enough for the widest pipeline', 900, undefined, []],
    ['reserved, and enough', 900, 5, []],
    ['one less than the steps side by side', 900, 4, ['concurrency-reserved']],
    ['none at all', 900, 0, ['function-stopped']],
    ['an account that has hardly any left', 5, undefined, ['concurrency-short']],
    ['an account that has just enough left', 6, undefined, []],
  ])('%s', async (_title, unreserved, reserved, expected) => {
    expect(await find(unreserved, reserved)).toEqual(expected);
  });

  it('says nothing of what Lambda does not tell', async () => {
    const { config } = await startStandIn({
      '/2016-08-19/account-settings': {},
      '/2019-09-30/functions/check/concurrency': {},
    });

    const limits = await readLambdaLimits(new LambdaClient(config), ['check']);

    expect(judgeConcurrency([wide(5)], limits, 'check')).toEqual([]);
  });

  it('counts the statements that the Data API keeps active', () => {
    expect(judgeStatementQuota([wide(5)])).toEqual([]);
    expect(judgeStatementQuota([wide(501)])).toMatchObject([{ id: 'statements-quota' }]);
  });
});

describe('the limits of a workgroup', () => {
  const healthy = {
    workgroupArn: 'arn:aws:redshift-serverless:eu-central-1:123456789012:workgroup/x',
    status: 'AVAILABLE',
    configParameters: [{ parameterKey: 'max_query_execution_time', parameterValue: '14400' }],
  };
  const limit = { usageLimitId: 'limit-1', amount: 60, period: 'daily', usageType: 'serverless-compute' };
  const find = async (workgroup: object, usageLimits: readonly object[] = []) => {
    const { config } = await startStandIn({
      GetWorkgroup: { workgroup: { ...healthy, ...workgroup } },
      ListUsageLimits: { usageLimits },
    });
    const limits = await readWorkgroupLimits(new RedshiftServerlessClient(config), 'mart');
    return judgeWorkgroup([wide(2)], limits).map(({ id }) => id);
  };

  it.each<[string, object, readonly object[], readonly string[]]>([
    ['healthy', {}, [{ ...limit, breachAction: 'log' }], []],
    ['only what AWS requires', { status: undefined, configParameters: undefined }, [], []],
    [
      'a query time that is shorter than a step’s',
      { configParameters: [{ parameterKey: 'max_query_execution_time', parameterValue: '3599' }] },
      [],
      ['query-time'],
    ],
    ['a limit that turns queries off', {}, [{ ...limit, breachAction: 'deactivate' }], ['usage-limit']],
    ['a workgroup that is being changed', { status: 'MODIFYING' }, [], ['workgroup-unavailable']],
  ])('%s', async (_title, workgroup, usageLimits, expected) => {
    expect(await find(workgroup, usageLimits)).toEqual(expected);
  });
});

describe('the log of the last sweep', () => {
  const swept = { level: 'INFO', message: 'swept', started: 0, runs: [], failed: [] };
  const find = async (answers: StandInAnswers) => {
    const { config } = await startStandIn(answers);
    const log = await readSweepLog(new CloudWatchLogsClient(config), '/aws/lambda/sweep', NOW);
    return judgeSweepLog(log, NOW).map(({ id, what }) => `${id}: ${what}`);
  };
  const event = (minutesAgo: number, message: object | string) => ({
    timestamp: NOW - minutesAgo * 60_000,
    message: typeof message === 'string' ? message : JSON.stringify(message),
  });

  it('is in order when the last one went well, whatever went before', async () => {
    const events = [event(5, swept), event(20, { level: 'ERROR', message: 'DMS did not answer' })];

    expect(await find({ FilterLogEvents: { events } })).toEqual([]);
  });

  it('takes the last event of all pages', async () => {
    const pages = ({ nextToken }: { nextToken?: string }) =>
      nextToken === undefined
        ? { events: [event(20, swept)], nextToken: 'more' }
        : { events: [event(5, { level: 'ERROR', message: 'DMS did not answer' })] };

    expect(await find({ FilterLogEvents: pages })).toEqual([
      'sweep-failed: The last sweep has failed: DMS did not answer',
    ]);
  });

  it.each([
    [
      'a pipeline that could not be swept',
      {
        ...swept,
        failed: ['sales'],
        runs: [{ pipeline: 'sales', reason: 'could not be swept: no machine' }],
      },
      'sweep-failed: The last sweep has failed: sales: could not be swept: no machine',
    ],
    [
      'an invocation whose time was up',
      '2026-12-01T11:55:00Z 1234 Task timed out after 300.00 seconds\n',
      'sweep-failed: The last sweep has failed: 2026-12-01T11:55:00Z 1234 Task timed out after 300.00 seconds',
    ],
  ])('names %s', async (_title, message, expected) => {
    expect(await find({ FilterLogEvents: { events: [event(5, message)] } })).toEqual([expected]);
  });

  it.each<[string, StandInAnswers, RegExp]>([
    [
      'that is long ago',
      { FilterLogEvents: { events: [event(61, swept)] } },
      /^sweep-silent: .*10:59:00\.000Z/,
    ],
    ['that is none', { FilterLogEvents: {} }, /^sweep-silent: No sweep has ended/],
    ['without a log', { FilterLogEvents: { error: 'ResourceNotFoundException' } }, /^sweep-silent: No sweep/],
  ])('finds one %s', async (_title, answers, expected) => {
    expect(await find(answers)).toEqual([expect.stringMatching(expected)]);
  });
});
