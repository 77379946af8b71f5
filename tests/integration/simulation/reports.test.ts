import { describe, expect, it } from 'vitest';
import { UNKNOWN_FACTS } from '../../../src/errors/commands.ts';
import type { RecordedEvent } from '../../../src/local/engine/history.ts';
import { buildReport } from '../../../src/report/build-report.ts';
import type { Report, ReportRow } from '../../../src/report/report.ts';
import { runsOf } from '../../../src/simulation/judge/pipeline-runs.ts';
import { simulateWorld } from '../../../src/simulation/simulate-world.ts';
import type { World } from '../../../src/simulation/world.ts';
import { extent } from '../../fixtures/runner/extent.ts';

/** A run of a world, with its report. */
interface Seen {
  readonly world: World;
  readonly history: readonly RecordedEvent[];
  readonly report: Report;
}

async function reportsOf(seed: number): Promise<readonly Seen[]> {
  const seen: Seen[] = [];
  await simulateWorld({
    seed,
    onRest: (world) => {
      for (const pipeline of world.plan.pipelines)
        for (const { stored } of runsOf(world, pipeline)) {
          const { history } = stored.execution;
          const repair = { ...UNKNOWN_FACTS, executionArn: stored.arn };
          const report = buildReport({ pipeline, repair, events: history, now: world.clock.now() });
          seen.push({ world, history, report });
        }
    },
  });
  return seen;
}

const msOf = ({ timestamp }: RecordedEvent) => Math.round(timestamp * 1000);
const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0);
const lengths = (row: ReportRow) => row.spans.map(({ from, to }) => to - from);

/** States by the names that the published version has for them. */
const statesOf = (name: string): readonly string[] =>
  name === 'Take_Turn'
    ? ['Take_Turn', 'is_turn_taken', 'Wait_for_Turn']
    : [name, `Wait_on_${name}`, `Check_Status_${name}`, `is_run_${name}_complete`];

describe('the reports of the runs of simulated nights', async () => {
  const seeds = Array.from({ length: extent(14, 40) }, (_, index) => index + 1);
  const seen = (await Promise.all(seeds.map(reportsOf))).flat();
  const rows = seen.flatMap((run) => run.report.rows.map((row) => ({ ...run, row })));

  it('are about runs that went well, that failed, that were redriven, and that waited', () => {
    const states = new Set(seen.map(({ report }) => report.outcome.state));
    const kinds = new Set(rows.flatMap(({ row }) => row.spans.map(({ kind }) => kind)));

    expect([...states]).toEqual(expect.arrayContaining(['published', 'failed', 'stopped']));
    expect([...kinds].toSorted()).toEqual(
      ['failed', 'halted', 'orchestrator', 'pause', 'queued', 'running', 'turn'].toSorted(),
    );
  });

  it('begin each row when the first of its states was entered', () => {
    for (const { row, history } of rows) {
      const states = statesOf(row.name);
      const entered = history.find(({ stateEnteredEventDetails: details }) =>
        states.includes(String(details?.name)),
      );
      expect(row.from).toBe(entered && msOf(entered));
    }
  });

  it('have bars without gaps and overlaps, whose sum is the row’s duration', () => {
    for (const { row } of rows) {
      const { from = 0, to = 0, spans } = row;
      expect(sum(lengths(row))).toBe(to - from);
      expect(spans.map((span) => span.from)).toEqual(
        [from, ...spans.map((span) => span.to)].slice(0, spans.length),
      );
      expect(spans.every((span) => span.to > span.from)).toBe(true);
    }
  });

  it('end each step when the state ended that found it done, and what was under way when the run ended', () => {
    for (const { row, history, report } of rows.filter(({ row: { step } }) => step !== undefined)) {
      const done = history.filter(({ stateExitedEventDetails: details }) => {
        const isOwn = [row.name, `Check_Status_${row.name}`].includes(String(details?.name));
        return isOwn && JSON.parse(String(details?.output)).statement?.complete === true;
      });
      const last = row.state === 'done' ? done[0] : history.at(-1);
      if (row.from !== undefined && report.redrives === 0) expect(row.to).toBe(last && msOf(last));
    }
  });

  it('show each statement in Redshift as long as it was there', () => {
    let compared = 0;
    for (const { row, world, report } of rows) {
      if (row.state !== 'done' || row.kind !== 'call' || report.redrives > 0) continue;
      const statements = [...world.dataApi.statements.values()].filter(
        ({ name, parameters }) =>
          parameters.execution === report.executionArn && name.includes(`/${row.name}/`),
      );
      const times = statements.map(({ startedAt = 0, course }) => (course.at(-1)?.at ?? 0) - startedAt);
      const shown = row.spans.filter(({ kind }) => kind === 'running' || kind === 'failed');
      expect(Math.abs(sum(shown.map(({ from, to }) => to - from)) - sum(times))).toBeLessThanOrEqual(
        statements.length,
      );
      compared += statements.length;
    }
    expect(compared).toBeGreaterThan(100);
  });

  it('account for all the time along the critical path', () => {
    for (const { report } of seen) {
      const { from, to, parts } = report.timing;
      expect(sum(parts.map(({ ms }) => ms))).toBe(to - from);
      expect(parts.every(({ ms }) => ms > 0)).toBe(true);
    }
  });
});
