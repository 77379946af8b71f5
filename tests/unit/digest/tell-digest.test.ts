import {
  DescribeExecutionCommand,
  ExecutionAlreadyExists,
  ExecutionDoesNotExist,
  ListExecutionsCommand,
  SFNClient,
  StartExecutionCommand,
} from '@aws-sdk/client-sfn';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it } from 'vitest';
import { DigestTimeSchema } from '../../../src/definition/deadline/digest-time.ts';
import { type DigestContext, tellDigests } from '../../../src/digest/tell-digest.ts';
import { pipelineOf } from '../../integration/graphs/run-pipeline.ts';

const ARN = 'arn:aws:states:eu-central-1:123456789012';
const TASK = 'arn:aws:dms:eu-central-1:123456789012:task:T';
const pipelines = ['load-orders', 'load-stock', 'load-rates'].map((name) => ({
  ...pipelineOf([{ name: 'Load', after: [] }]),
  name,
  tasks: ['t'],
}));
const sfn = mockClient(SFNClient);
const context: DigestContext = {
  ...{ sfn: new SFNClient({ region: 'eu-central-1' }), stage: 'dev', pipelines, taskArns: { t: TASK } },
  ...{ topic: 'elt', deadlineMachine: 'elt-deadlines-dev', functionName: 'elt-dev-notify-outcome' },
  tasks: [{ arn: TASK, identifier: 't', pipelines: pipelines.map(({ name }) => name) }],
  successDigest: DigestTimeSchema.parse('07:00 Europe/Berlin'),
};
const DUE = Date.parse('2026-12-01T06:00Z');
const tell = (more: Partial<DigestContext> = {}) => tellDigests({ ...context, ...more }, DUE - 60_000, DUE);

interface Ran {
  readonly machine: string;
  readonly name: string;
  readonly status?: string;
  readonly start: string;
  readonly stop?: string;
  readonly outcome?: string;
}

function runs(...all: readonly Ran[]): void {
  for (const { name: pipeline } of pipelines) {
    const own = all.filter(({ machine }) => machine === pipeline);
    const executions = own.map(({ name, status = 'SUCCEEDED', start, stop }) => ({
      ...{ executionArn: `${ARN}:execution:${pipeline}-dev:${name}`, name, status: status as 'SUCCEEDED' },
      ...{ stateMachineArn: '', startDate: new Date(start), ...(stop && { stopDate: new Date(stop) }) },
    }));
    sfn
      .on(ListExecutionsCommand, { stateMachineArn: `${ARN}:stateMachine:${pipeline}-dev` })
      .resolves({ executions });
    for (const { name, status = 'SUCCEEDED', start, stop, outcome = 'published' } of own)
      sfn
        .on(DescribeExecutionCommand, { executionArn: `${ARN}:execution:${pipeline}-dev:${name}` })
        .resolves({
          ...{ name, status: status as 'SUCCEEDED', startDate: new Date(start) },
          output: JSON.stringify({ outcome }),
          ...(stop && { stopDate: new Date(stop) }),
        });
  }
}
const input = () => JSON.parse(sfn.commandCalls(StartExecutionCommand)[0]?.args[0].input.input ?? '{}');

describe('the digest of a day', () => {
  beforeEach(() => {
    sfn.reset();
    sfn
      .on(DescribeExecutionCommand)
      .rejects(new ExecutionDoesNotExist({ $metadata: {}, message: 'Execution does not exist' }));
    sfn.on(StartExecutionCommand).resolves({ executionArn: 'arn', startDate: new Date(0) });
  });

  it('has a line for each pipeline, those without a load first, and counts what failed', async () => {
    runs(
      {
        machine: 'load-orders',
        name: 'b',
        start: '2026-12-01T02:00:00Z',
        stop: '2026-12-01T02:14:30Z',
      },
      { machine: 'load-orders', name: 'a', start: '2026-11-30T12:00:00Z', stop: '2026-11-30T12:01:00Z' },
      {
        machine: 'load-rates',
        name: 'r',
        status: 'FAILED',
        start: '2026-12-01T03:00:00Z',
        stop: '2026-12-01T03:01:00Z',
      },
    );

    expect(await tell()).toEqual(['dev-2026-12-01-digest']);
    const { Subject, Message, TopicArn } = input();
    expect(TopicArn).toBe('arn:aws:sns:eu-central-1:123456789012:elt');
    expect(Subject).toBe('DIGEST 2026-12-01: 1 of 3 pipelines published, 1 run failed');
    const { default: text, sqs } = JSON.parse(Message);
    const lines = [
      'load-stock-dev: published nothing',
      'load-rates-dev: published nothing; 1 run failed',
      'load-orders-dev: published at 03:14, in 14 minutes; 1 load before it',
    ];
    expect(text).toContain(lines.join('\n'));
    expect(JSON.parse(sqs)).toMatchObject({
      ...{ event: 'digest', severity: 'warning', stage: 'dev', pipelines: pipelines.map(({ name }) => name) },
      figures: { publishedPipelines: 1, publishedLoads: 2, failedRuns: 1 },
    });
  });

  it('counts no run that ended outside of the day, is alive, or was superseded', async () => {
    const machine = 'load-stock';
    runs(
      { machine, name: 'e', start: '2026-12-01T05:50:00Z', status: 'RUNNING' },
      { machine, name: 'd', start: '2026-12-01T05:40:00Z', stop: '2026-12-01T05:55:00Z' },
      {
        ...{ machine, name: 'c', start: '2026-12-01T01:00:00Z', stop: '2026-12-01T01:01:00Z' },
        outcome: 'superseded',
      },
      { machine, name: 'b', start: '2026-11-29T20:00:00Z', stop: '2026-11-30T05:55:00Z' },
      { machine, name: 'a', start: '2026-11-29T20:00:00Z', stop: '2026-11-30T05:54:59Z' },
    );

    await tell();

    expect(JSON.parse(JSON.parse(input().Message).sqs).figures).toEqual({
      ...{ publishedPipelines: 1, publishedLoads: 1, failedRuns: 0 },
    });
  });

  it('is told once: not where it was told, nor where another invocation tells it at the same moment', async () => {
    runs();
    sfn.on(StartExecutionCommand).rejects(new ExecutionAlreadyExists({ $metadata: {}, message: 'exists' }));
    expect(await tell()).toEqual([]);

    sfn
      .on(DescribeExecutionCommand, {
        executionArn: `${ARN}:execution:elt-deadlines-dev:dev-2026-12-01-digest`,
      })
      .resolves({ status: 'SUCCEEDED' });
    sfn.resetHistory();
    expect(await tell()).toEqual([]);
    expect(sfn.commandCalls(ListExecutionsCommand)).toEqual([]);
  });

  it('is none where the stage has asked for none', async () => {
    expect(await tell({ successDigest: undefined })).toEqual([]);
    expect(sfn.calls()).toEqual([]);
  });
});
