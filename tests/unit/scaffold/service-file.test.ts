import { describe, expect, it } from 'vitest';
import { addTaskLine } from '../../../src/scaffold/service-file.ts';

const ARN = 'arn:aws:dms:us-east-1:000000000000:task';

describe('the line of a DMS task in serverless.yml', () => {
  it('comes behind the others of each stage, and all else stays as it is', () => {
    const before = `params:\n  a:\n    dmsTasks: # mine\n      one: ${ARN}:one # of one\n    x: 1\n  b: { dmsTasks: {} }\n  c:\n    dmsTasks:\n        two: z`;

    expect(addTaskLine(before, 'new')?.after).toBe(
      `params:\n  a:\n    dmsTasks: # mine\n      one: ${ARN}:one # of one\n      new: ${ARN}:new\n    x: 1\n  b: { dmsTasks: {} }\n  c:\n    dmsTasks:\n        two: z\n        new: ${ARN}:new`,
    );
  });

  it('is not written where it stands, whatever ARN it has', () => {
    expect(addTaskLine('params:\n  a:\n    dmsTasks:\n      new: other\n', 'new')).toBeUndefined();
  });

  it.each(['', 'params:\n', 'params:\n  a:\n    dmsTasks: {}\n', 'params:\n  a:\n    dmsTasks: text\n'])(
    'is asked for by hand where there is no place: %j',
    (text) => {
      expect(() => addTaskLine(text, 'new')).toThrow(/Add by hand/);
    },
  );
});
