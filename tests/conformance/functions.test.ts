import { describeEvents } from './describe-events.ts';
import { describeLambda } from './describe-lambda.ts';
import { describeStepFunctions } from './describe-step-functions.ts';
import { localEvents, localLambda, localStepFunctions } from './local-functions.ts';
import { modelEvents, modelLambda, modelStepFunctions } from './model-functions.ts';

describeLambda('of the local AWS', localLambda);
describeLambda('of the simulation', modelLambda);
describeEvents('of the local AWS', localEvents);
describeEvents('of the simulation', modelEvents);
describeStepFunctions('of the local AWS', localStepFunctions);
describeStepFunctions('of the simulation', modelStepFunctions);
