import { SFNClient } from '@aws-sdk/client-sfn';
import type { StepFunctions } from '../executions/start-execution.ts';
import { requestHandler } from './request-handler.ts';

const REQUEST_TIMEOUT_MS = 10_000;

export function createStepFunctions(): StepFunctions {
  return new SFNClient({ requestHandler: requestHandler(REQUEST_TIMEOUT_MS) });
}
