import { createHandler } from '../../../../handlers/start-run.ts';
import { createDms } from '../../../../src/aws/dms.ts';
import { readStageSettings } from '../../../../src/aws/environment.ts';
import { createStepFunctions } from '../../../../src/aws/step-functions.ts';
import { systemClock } from '../../../../src/clock.ts';
import { branches, branchesMore } from '../branch-pipelines.ts';

/** start-run, deployed with the tests' pipelines. */
export const handler = createHandler({
  dms: createDms(),
  sfn: createStepFunctions(),
  clock: systemClock,
  pipelines: [branches, branchesMore],
  ...readStageSettings(),
});
