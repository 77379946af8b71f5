import { costOfStage, type MonthlyCost, type StageSize } from '../compile/cost/monthly-cost.ts';
import { membersOf } from './json.ts';
import { readMachine } from './machine/read-machine.ts';
import { ofType, type StackTemplate, type TemplateMachine } from './template/template.ts';

/** What a stage costs a month, and of which pipelines that was not known. */
export interface StageCost {
  readonly cost: MonthlyCost;
  /** Pipelines whose definition is not at hand: they are counted without states. */
  readonly unknown: readonly string[];
}

/** The monthly cost of what a template deploys, by the one price table, if every pipeline runs once a night. */
export function costOfTemplate(
  template: StackTemplate,
  machines: ReadonlyMap<string, TemplateMachine>,
): StageCost {
  const all = [...machines.values()].map(({ pipeline, definition }) => ({
    pipeline,
    facts: readMachine(definition),
  }));
  const size: StageSize = {
    pipelines: all.map(({ facts }) => ({ states: facts?.states ?? 0, steps: facts?.steps.size ?? 0 })),
    alarmMetrics: ofType(template.Resources, 'AWS::CloudWatch::Alarm').reduce(
      (sum, [, properties]) => sum + countMetrics(properties),
      0,
    ),
    // Before there was that variable, all metrics were written.
    detailedMetrics: ofType(template.Resources, 'AWS::Lambda::Function').some(
      ([, { Environment }]) => membersOf(membersOf(Environment).Variables).DETAILED_METRICS !== 'false',
    ),
  };
  return {
    cost: costOfStage(size),
    unknown: all.filter(({ facts }) => facts === undefined).map(({ pipeline }) => pipeline),
  };
}

/** An alarm of one metric names it itself. */
function countMetrics({ Metrics, MetricName }: Readonly<Record<string, unknown>>): number {
  if (MetricName !== undefined) return 1;
  return (JSON.stringify(Metrics ?? []).match(/"MetricStat"/g) ?? []).length;
}
