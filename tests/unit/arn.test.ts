import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  arnBeside,
  arnName,
  executionArnOf,
  machineOfExecution,
  parseArn,
  stateMachineArnOf,
  stateMachineArnOfExecution,
} from '../../src/arn.ts';

const TASK = 'arn:aws-cn:dms:cn-north-1:123456789012:task:orders';
const word = fc.stringMatching(/^[A-Za-z0-9_-]{1,20}$/);

describe('an ARN', () => {
  it('is taken apart and put together again', () => {
    fc.assert(
      fc.property(
        word,
        word,
        word,
        fc.stringMatching(/^\d{12}$/),
        fc.array(word, { minLength: 1 }),
        (...parts) => {
          const [partition, service, region, account, rest] = parts;
          const resource = rest.join(':');

          const arn = `arn:${partition}:${service}:${region}:${account}:${resource}`;

          expect(parseArn(arn)).toEqual({ partition, service, region, account, resource });
          expect(arnBeside(arn, service, resource)).toBe(arn);
          expect(arnName(arn)).toBe(rest.at(-1));
        },
      ),
    );
  });

  it('may be in no Region and no account', () => {
    expect(parseArn('arn:aws:s3:::bucket/key')).toMatchObject({
      region: '',
      account: '',
      resource: 'bucket/key',
    });
  });

  it.each([
    '',
    'orders',
    'arn',
    'arn:aws',
    'arn:aws:dms:eu-central-1:123456789012',
    'arn:::::',
    'urn:a:b:c:d:e',
  ])('is not read from %j', (text) => {
    expect(parseArn(text)).toBeUndefined();
  });

  it('leads from a task to its state machine, to an execution, and back', () => {
    const machine = stateMachineArnOf(TASK, 'sales', 'dev');
    const execution = executionArnOf(machine, 'load-1');

    expect(machine).toBe('arn:aws-cn:states:cn-north-1:123456789012:stateMachine:sales-dev');
    expect(execution).toBe('arn:aws-cn:states:cn-north-1:123456789012:execution:sales-dev:load-1');
    expect(stateMachineArnOfExecution(execution)).toBe(machine);
    expect(machineOfExecution(execution)).toBe('sales-dev');
  });
});

it('no other file of the product takes ARNs apart', () => {
  const files = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter(
    (file) => file.endsWith('.ts') && !/^(?:local|simulation)[/\\]/.test(file) && file !== 'arn.ts',
  );
  const byHand = files.filter((file) =>
    /\.split\(':'\)|':execution:'|startsWith\('arn:|\^arn:/.test(readFileSync(join('src', file), 'utf8')),
  );

  expect(files.length).toBeGreaterThan(100);
  expect(byHand).toEqual([]);
});
