import { describe, expect, it } from 'vitest';
import { invoke, lines } from './outcome-functions.ts';

describe('a handler that answers', () => {
  it('gets the event, and its answer is the payload', async () => {
    await expect(invoke('one', { mode: 'echo' })).resolves.toEqual({ payload: { event: { mode: 'echo' } } });
  });

  it('answers null when it returns nothing', async () => {
    await expect(invoke('one', { mode: 'nothing' })).resolves.toEqual({ payload: null });
  });

  it('gets a context like the one in AWS', async () => {
    const { payload } = await invoke('two', { mode: 'context' });

    expect(payload).toMatchObject({
      functionName: 'two',
      functionVersion: '$LATEST',
      invokedFunctionArn: 'arn:aws:lambda:us-east-1:000000000000:function:two',
      memoryLimitInMB: '512',
      awsRequestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
      logGroupName: '/aws/lambda/two',
      logStreamName: expect.any(String),
      callbackWaitsForEmptyEventLoop: true,
    });
    expect(payload.remaining).toBeGreaterThan(18_000);
    expect(payload.remaining).toBeLessThanOrEqual(20_000);
  });

  it('runs at the same time as other invocations', async () => {
    const answers = await Promise.all([invoke('rendezvous'), invoke('rendezvous')]);

    expect(answers).toEqual([{ payload: 2 }, { payload: 2 }]);
  });
});

describe('the environment of a handler', () => {
  it("is the function's own, when its modules are imported and when it is called", async () => {
    const [one, two] = await Promise.all([
      invoke('one', { mode: 'environment' }),
      invoke('two', { mode: 'environment' }),
    ]);

    expect(one.payload).toMatchObject({ now: 'one', loadedIn: 'one' });
    expect(two.payload).toMatchObject({ now: 'two', loadedIn: 'two', variables: { OWN: '2' } });
    expect(one.payload.variables).not.toHaveProperty('OWN');
  });

  it('leads to the local endpoint with dummy credentials, and holds nothing of this machine', async () => {
    const { payload } = await invoke('one', { mode: 'environment' });

    expect(payload.variables).toMatchObject({
      AWS_ENDPOINT_URL: 'http://127.0.0.1:4510',
      AWS_REGION: 'us-east-1',
      AWS_ACCESS_KEY_ID: 'local',
      AWS_CONFIG_FILE: expect.stringMatching(/nul/),
    });
    expect(payload.variables).not.toHaveProperty('HOME');
    expect(payload.variables).not.toHaveProperty('VITEST');
  });

  it('keeps what one function changes from the others', async () => {
    await expect(invoke('one', { mode: 'setVariable' })).resolves.toEqual({ payload: { own: 'yes' } });
    await expect(invoke('two', { mode: 'getVariable' })).resolves.toEqual({ payload: { own: 'unset' } });
    expect(process.env).not.toHaveProperty('CHANGED');
  });
});

describe('a handler that fails', () => {
  it('answers with the name, message and trace of what it threw', async () => {
    const answer = await invoke('one', { mode: 'throw' });

    expect(answer).toEqual({
      payload: {
        errorType: 'StatementFailed',
        errorMessage: 'relation "dbo.x" does not exist',
        trace: expect.arrayContaining(['StatementFailed: relation "dbo.x" does not exist']),
      },
      functionError: 'Unhandled',
    });
    expect(answer.payload.trace.join('\n')).toMatch(/handlers\/outcomes\.ts:\d+/);
  });

  it('answers with the type of what it threw where that is no error', async () => {
    const { payload } = await invoke('one', { mode: 'text' });

    expect(payload).toEqual({ errorType: 'string', errorMessage: 'only a text', trace: [] });
  });

  it('fails when its answer cannot be written as JSON', async () => {
    const { payload } = await invoke('one', { mode: 'circular' });

    expect(payload).toMatchObject({ errorType: 'Error', errorMessage: 'Unable to stringify response body' });
  });

  it('fails when its answer is too large', async () => {
    const { payload } = await invoke('one', { mode: 'large' });

    expect(payload).toEqual({
      errorType: 'Function.ResponseSizeTooLarge',
      errorMessage: 'Response payload size exceeded maximum allowed payload size (6291556 bytes).',
    });
  });

  it.each([
    ['fails-to-load', 'InvalidConfig', 'DMS_TASKS is not set'],
    ['no-handler', 'Runtime.HandlerNotFound', 'handler is not a function'],
    ['not-exported', 'Runtime.HandlerNotFound', 'nothing is undefined or not exported'],
    ['with-callback', 'Runtime.CallbackHandlerDeprecated', 'callback'],
    ['missing-import', 'Runtime.ImportModuleError', 'Cannot find module'],
  ])('fails when its module cannot be used: %s', async (name, errorType, message) => {
    const answer = await invoke(name);

    expect(answer.functionError).toBe('Unhandled');
    expect(answer.payload).toMatchObject({ errorType, errorMessage: expect.stringContaining(message) });
  });
});

describe('what a handler prints', () => {
  it('goes to the log sink line by line, with the function it came from', async () => {
    await invoke('two', { mode: 'print' });

    const prefix = /^two \d{4}-\d\d-\d\dT[\d:.]+Z\t[0-9a-f-]{36}\t/;
    expect(lines).toContain('two {"level":"INFO"}');
    expect(lines.map((line) => line.replace(prefix, ''))).toEqual(
      expect.arrayContaining(['INFO\tcounted 3', "WARN\t{ some: 'object' }"]),
    );
  });

  it('includes the error that ended an invocation', async () => {
    await invoke('two', { mode: 'throw' });

    expect(
      lines.some((line) => line.startsWith('two ') && /ERROR\tInvoke Error .*StatementFailed/.test(line)),
    ).toBe(true);
  });
});
