import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from '../../src/clock.ts';
import { readAudits } from '../../src/runs/verify/audit-report.ts';
import { readAuditFailure } from '../../src/steps/audit/judge.ts';
import { createStepRuns, type DataApiStage } from './data-api-stage.ts';
import { AUDIT_NAME, auditTableOf, executionArn, startOf, TARGET } from './warehouse-steps.ts';

const HOUR_MS = 3_600_000;

/** What the product relies on of the audits of a step, and of steps that are published together. */
export function describeAudits(name: string, create: () => Promise<DataApiStage>): void {
  describe(`audits within a step's transaction, ${name}`, () => {
    let stage: DataApiStage;
    beforeAll(async () => {
      stage = await create();
      await stage.fill('staging.sales', 3);
    });
    afterAll(() => stage?.close());

    const { run } = createStepRuns(() => stage.api);
    let reports = 0;
    /** What is on record, as Confirm_Load reads it. */
    const report = async (load: number, ...steps: readonly string[]) => {
      reports += 1;
      const execution = {
        arn: executionArn(`report-${reports}`),
        name: `report-${reports}`,
        redriveCount: 0,
      };
      const context = { api: stage.api, clock: systemClock, random: () => 0, remainingMs: () => HOUR_MS };
      const request = { pipeline: 'conformance', target: TARGET, execution, load: { id: `load-${load}` } };
      const audited = steps.map((step) => ({ step, auditTable: auditTableOf(step) }));
      return readAudits(context, request, audited);
    };

    it('that pass commit with what they have found, and one that warns lets wrong rows pass', async () => {
      await stage.spoil('Warned', 1, 2);
      expect(await run('Warned', 1)).toMatchObject({ status: 'FINISHED' });
      await stage.repair(1);
      expect(await run('Audited', 1)).toMatchObject({ status: 'FINISHED' });

      expect(await stage.applied('Warned')).toEqual(['load-1']);
      expect(await stage.applied('Audited')).toEqual(['load-1']);
      expect(await report(1, 'Warned', 'Audited')).toEqual({
        audits: [
          { step: 'Audited', audit: AUDIT_NAME, severity: 'fail', wrongRows: 0 },
          { step: 'Warned', audit: AUDIT_NAME, severity: 'warn', wrongRows: 2 },
        ],
        warnings: [`audit "${AUDIT_NAME}" of Warned: 2 wrong rows`],
      });
    });

    it('that fail roll back effect, fence and findings; after a repair the load is taken', async () => {
      await stage.spoil('Judged', 1, 3);

      const first = await run('Judged', 1);

      expect(first).toMatchObject({ status: 'FAILED', failedPart: 5 });
      expect(readAuditFailure(first.error ?? '')).toBe(
        `"${AUDIT_NAME}": 3 wrong rows; nothing was published, and no load was published before`,
      );
      expect(await stage.applied('Judged')).toEqual([]);
      expect((await report(1, 'Judged')).audits).toEqual([]);

      await stage.repair(1);
      expect(await run('Judged', 1, { run: 'repaired' })).toMatchObject({ status: 'FINISHED' });
      await stage.spoil('Judged', 2, 4);

      const second = await run('Judged', 2, { run: 'next' });

      expect(readAuditFailure(second.error ?? '')).toBe(
        `"${AUDIT_NAME}": 4 wrong rows; nothing was published: production still shows the load of ${startOf(1)}`,
      );
      expect(await stage.applied('Judged')).toEqual(['load-1']);
      await stage.repair(2);
    });

    it('are not asked where the load is recorded', async () => {
      await run('Audited', 1, { run: 'first' });
      await stage.spoil('Audited', 1, 1);

      const again = await run('Audited', 1, { run: 'again' });

      expect(again).toMatchObject({ error: expect.stringMatching(/^ERROR: ELT_DONE:/), failedPart: 2 });
      await stage.repair(1);
    });

    it('of one member roll back the whole group; all of it commits together', async () => {
      await stage.spoil('Group', 1, 1);
      expect(await run('Group', 1)).toMatchObject({
        ...{ status: 'FAILED', failedPart: 6 },
        error: expect.stringMatching(/^ERROR: ELT_AUDIT:/),
      });
      expect(await stage.applied('Group')).toEqual([]);
      await stage.repair(1);

      expect(await run('Group', 1, { run: 'repaired' })).toMatchObject({ status: 'FINISHED' });

      expect(await stage.applied('Group')).toEqual(['load-1', 'load-1']);
      expect((await report(1, 'Group')).audits).toMatchObject([{ step: 'Group', wrongRows: 0 }]);
    });
  });
}
