import { AwsError } from '../../../src/local/aws-error.ts';
import type { Chaos } from '../../../src/local/chaos/chaos.ts';
import { createHurriedClock } from '../../../src/local/clocks.ts';
import type { SampleStackOptions } from '../../../src/local-stage/fill-sample-stack.ts';
import { watchStack } from '../audits/watched-stack.ts';

type Call = Parameters<Chaos['intercept']>[0];

/** The calls that the functions of a stack make, and what is to be answered in AWS's place. */
export interface FunctionCalls {
  /** From now on, calls that it answers with an error's name are refused with that. */
  refuse(judge: (call: Call) => string | undefined): void;
  /** From now on the Data API knows no statement of a step any more. */
  forgetStep(step: string): void;
  /** From now on AWS answers. */
  allow(): void;
}

/** Pauses of state machines are not waited for. */
const HURRY = 100_000;

/** A stack whose functions' calls can be refused. */
export function calledStack(): {
  readonly calls: FunctionCalls;
  readonly options: Partial<SampleStackOptions>;
} {
  let judge: (call: Call) => string | undefined = () => undefined;
  let forgotten: string | undefined;
  const ids = new Set<string>();
  const chaos = watchStack({
    intercept: async (call, next) => {
      const { Id = '', StatementName = '' } = call.input as { Id?: string; StatementName?: string };
      const isForgotten = call.operation === 'DescribeStatement' && ids.has(Id);
      const error = isForgotten ? 'ResourceNotFoundException' : judge(call);
      if (error !== undefined) throw new AwsError(error, 'as the test wants it');
      const answer = await next();
      if (forgotten !== undefined && StatementName.includes(`/${forgotten}/`))
        ids.add((answer as { Id: string }).Id);
      return answer;
    },
  });
  const calls: FunctionCalls = {
    refuse: (next) => {
      judge = next;
    },
    forgetStep: (step) => {
      forgotten = step;
    },
    allow: () => {
      judge = () => undefined;
      forgotten = undefined;
      ids.clear();
    },
  };
  return { calls, options: { chaos, waits: createHurriedClock(HURRY) } };
}
