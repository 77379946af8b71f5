import type { Question } from './question.ts';
import { batchQuestions } from './redshift/batches.ts';
import { lockQuestions } from './redshift/locks.ts';
import { procedureQuestions } from './redshift/procedures.ts';
import { userQuestions } from './redshift/users.ts';
import { deploymentQuestions } from './services/cloudformation.ts';
import { alarmQuestions } from './services/cloudwatch.ts';
import { dmsQuestions } from './services/dms.ts';
import { messageQuestions } from './services/messages.ts';
import { priceQuestions } from './services/prices.ts';
import { definitionQuestions } from './services/step-functions.ts';

/** All that only an account can show, in the order of docs/guarantees.md: `npm run docs` writes the list there. */
export const questions: readonly Question[] = [
  ...batchQuestions,
  ...procedureQuestions,
  ...lockQuestions,
  ...userQuestions,
  ...dmsQuestions,
  ...deploymentQuestions,
  ...definitionQuestions,
  ...alarmQuestions,
  ...messageQuestions,
  ...priceQuestions,
];
