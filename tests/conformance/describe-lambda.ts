import { afterAll, beforeAll, describe, expect, it } from 'vitest';

/** What an invocation answers. */
interface Invoked {
  readonly payload: unknown;
  readonly functionError?: string | undefined;
}

/** A Lambda with the functions of handlers/outcomes.ts, each under its own name. */
export interface LambdaStage {
  /** Waits for the answer. Rejects with AWS's name where Lambda refuses. */
  invoke(name: string, event: object): Promise<Invoked>;
  /** As EventBridge does: resolves when the event is accepted. */
  invokeLater(name: string, event: object): Promise<void>;
  /** Resolves when no event is under way or waits for another attempt. */
  untilIdle(): Promise<void>;
  /** Records in the failure queue of all functions. */
  failures(): Promise<readonly unknown[]>;
  close(): Promise<void>;
}

export const HANG_SECONDS = 1;

/** What the product relies on of Lambda. */
export function describeLambda(name: string, create: () => Promise<LambdaStage>): void {
  describe(`Lambda, ${name}`, () => {
    let stage: LambdaStage;
    beforeAll(async () => {
      stage = await create();
    });
    afterAll(() => stage?.close());

    it('answers what the handler answers', async () => {
      expect(await stage.invoke('answer', { n: 1 })).toEqual({ payload: { got: { n: 1 } } });
    });

    it('answers an error by its name and message, where the handler throws', async () => {
      expect(await stage.invoke('refuse', {})).toMatchObject({
        functionError: 'Unhandled',
        payload: { errorType: 'Refused', errorMessage: expect.stringMatching(/^request \S+ is refused$/) },
      });
    });

    it('ends a function whose time is up', async () => {
      expect(await stage.invoke('hang', {})).toMatchObject({
        functionError: 'Unhandled',
        payload: {
          errorType: 'Sandbox.Timedout',
          errorMessage: expect.stringContaining('timed out after 1.00'),
        },
      });
    });

    it('tries a call that waits for the answer once', async () => {
      await stage.invoke('succeedAt', { key: 'once', nth: 2 });

      expect(await stage.invoke('succeedAt', { key: 'once', nth: 2 })).toEqual({ payload: { count: 2 } });
    });

    it('refuses a function that is not there', async () => {
      const refusal = { name: 'ResourceNotFoundException' };

      await expect(stage.invoke('nobody', {})).rejects.toMatchObject(refusal);
      await expect(stage.invokeLater('nobody', {})).rejects.toMatchObject(refusal);
    });

    it('tries an event three times in all', async () => {
      await stage.invokeLater('succeedAt', { key: 'thrice', nth: 3 });
      await stage.untilIdle();

      expect(await stage.invoke('succeedAt', { key: 'thrice', nth: 3 })).toEqual({ payload: { count: 4 } });
      expect(await stage.failures()).toEqual([]);
    });

    it('sends what failed three times to the failure queue, as the same request', async () => {
      await stage.invokeLater('refuse', { n: 2 });
      await stage.untilIdle();

      const [record, ...others] = (await stage.failures()) as readonly {
        readonly requestContext: { readonly requestId: string; readonly functionArn: string };
        readonly responsePayload: { readonly errorMessage: string };
      }[];

      expect(others).toEqual([]);
      expect(record).toMatchObject({
        requestContext: { condition: 'RetriesExhausted', approximateInvokeCount: 3 },
        requestPayload: { n: 2 },
        responseContext: { functionError: 'Unhandled' },
        responsePayload: { errorType: 'Refused' },
      });
      expect(record?.requestContext.functionArn).toContain(':function:refuse:');
      expect(record?.responsePayload.errorMessage).toContain(record?.requestContext.requestId);
    });
  });
}
