import { describe, expect, it } from 'vitest';
import * as errors from '../../../src/errors/errors.ts';
import { ADVISED_ERRORS, adviceFor } from '../../../src/notifications/advice.ts';

/** Errors of packaging and migrating: no execution ends with them. */
const NEVER_IN_A_RUN = ['InvalidPipeline', 'MigrationFailed'];

describe('advice', () => {
  it('is there for every error that an execution may end with', () => {
    const inRuns = Object.keys(errors).filter((name) => !NEVER_IN_A_RUN.includes(name));

    expect([...ADVISED_ERRORS].toSorted()).toEqual(inRuns.toSorted());
  });

  it('is to look and redrive where the error is not one of ours', () => {
    expect(adviceFor('States.Runtime')).toMatchObject({ redrive: true });
  });
});
