import { describe, expect, it } from 'vitest';
import { type RepairFacts, renderCommands, runRequest, VERBS } from '../../../src/errors/commands.ts';
import { ERROR_TABLE } from '../../../src/errors/error-table.ts';
import { repairLines, repairsOf } from '../../../src/errors/repairs.ts';
import { readRunRequest } from '../../../src/runs/run-request.ts';

const deployed: RepairFacts = {
  executionArn: 'arn:aws:states:eu-central-1:123456789012:execution:load-orders-prod:20261124T010000000Z-x',
  region: 'eu-central-1',
  stage: 'prod',
  pipeline: 'load-orders',
  startFunction: 'redshift-elt-prod-start-run',
  taskArns: ['arn:aws:dms:eu-central-1:123456789012:task:A', 'arn:aws:dms:eu-central-1:123456789012:task:B'],
};
const local = { ...deployed, executionArn: deployed.executionArn.replace('123456789012', '000000000000') };

describe('the commands of a repair', () => {
  it('are complete: no word in capitals is left where the facts are known', () => {
    const commands = [deployed, local].flatMap((facts) =>
      VERBS.flatMap((verb) => renderCommands(verb, facts)),
    );

    for (const command of commands)
      expect(command).not.toMatch(/\b(?:[A-Z]+_ARN|REGION|STAGE|PIPELINE)\b(?!")/);
  });

  it('are one for each task of the pipeline, which waits until all have loaded anew', () => {
    expect(renderCommands('reload', deployed)).toEqual(
      deployed.taskArns.map((arn) => expect.stringContaining(`--replication-task-arn ${arn} `)),
    );
  });

  it.each([
    [{}, { continue: 1 }, { rerun: 1 }],
    [{ continue: 4 }, { continue: 5 }, { rerun: 1 }],
    [{ rerun: 2 }, { rerun: 2, continue: 1 }, { rerun: 3 }],
    [{ rerun: 2, continue: 7 }, { rerun: 2, continue: 8 }, { rerun: 3 }],
  ])('ask start-run for the number behind that of the run: %j', (numbers, goOn, again) => {
    const request = (verb: 'continue' | 'rerun') =>
      readRunRequest(JSON.parse(runRequest({ pipeline: 'load-orders', ...numbers }, verb)));

    const manual = { pipeline: 'load-orders', reason: 'repaired' };
    expect(request('continue')).toEqual({ kind: 'manual', request: { ...manual, ...goOn } });
    expect(request('rerun')).toEqual({ kind: 'manual', request: { ...manual, ...again } });
  });
});

describe('the repairs of an error', () => {
  it('are those of the table, each verb with its commands and what it does', () => {
    for (const [name, { advice }] of Object.entries(ERROR_TABLE)) {
      const repairs = repairsOf(name, deployed);

      expect(
        repairs.map(({ when, repair, actions }) => [when, repair, actions.map(({ verb }) => verb)]),
      ).toEqual(advice.map(({ when, repair, verbs }) => [when, repair, verbs]));
      for (const { verb, commands, meaning } of repairs.flatMap(({ actions }) => actions)) {
        expect(commands).toEqual(renderCommands(verb, deployed));
        expect(meaning).toMatch(/^[A-Z].*\.$/);
      }
    }
  });

  it('are told as plain text, commands on lines of their own, each verb explained once', () => {
    const lines = repairLines(repairsOf('DataCheckFailed', deployed));

    expect(lines.filter((line) => line.startsWith('  npm run deploy'))).toEqual([
      '  npm run deploy -- --stage prod',
    ]);
    expect(lines.filter((line) => line.startsWith('reload:'))).toHaveLength(1);
  });

  it('need no case to be told where there is but one', () => {
    expect(repairLines(repairsOf('LoadChanged', deployed))).toEqual([
      'Nothing: the newer load has its own run.',
    ]);
  });
});
