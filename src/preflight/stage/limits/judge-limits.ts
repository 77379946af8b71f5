import { scheduleSteps } from '../../../compile/schedule/schedule-steps.ts';
import { treeWidth } from '../../../compile/schedule/step-tree.ts';
import type { Pipeline } from '../../../definition/pipeline.ts';
import type { FindingOf } from '../../finding.ts';
import { longerSteps } from '../../warehouse/judge-timeout.ts';
import type { LambdaLimits, WorkgroupLimits } from './read-limits.ts';

/** Statements of a cluster or workgroup that the Data API keeps active. https://docs.aws.amazon.com/redshift/latest/mgmt/data-api.html */
const ACTIVE_STATEMENTS = 500;
/** Of each run beside its running steps: the functions that submit, verify and take a turn. */
const BESIDE = 1;

/** A pipeline, and how many of its steps run side by side at most. */
interface Width {
  readonly pipeline: string;
  readonly steps: number;
}

function widestOf(pipelines: readonly Pipeline[]): Width {
  const widths = pipelines.map(({ name, steps }) => ({
    pipeline: name,
    steps: treeWidth(scheduleSteps(steps)),
  }));
  return widths.reduce((widest, width) => (width.steps > widest.steps ? width : widest), {
    ...{ pipeline: '', steps: 0 },
  });
}

/** Whether all steps that run side by side can be waited for. Each running step holds one invocation of `waiting`. */
export function judgeConcurrency(
  pipelines: readonly Pipeline[],
  { unreserved, functions }: LambdaLimits,
  waiting: string,
): readonly FindingOf[] {
  const { pipeline, steps } = widestOf(pipelines);
  const where = { pipeline, object: waiting };
  const stopped = functions.filter(({ reserved }) => reserved === 0);
  const reserved = functions.find(({ functionName }) => functionName === waiting)?.reserved;
  const isNarrow = reserved !== undefined && reserved > 0 && reserved < steps;
  const isShort = reserved === undefined && unreserved !== undefined && unreserved < steps + BESIDE;
  return [
    ...stopped.map(
      ({ functionName }): FindingOf => ({
        ...{ id: 'function-stopped', severity: 'problem', where: { object: functionName } },
        what: `The function ${functionName} has a reserved concurrency of 0.`,
        consequence: 'Lambda invokes it never: runs fail, or none starts.',
        repair: `aws lambda delete-function-concurrency --function-name ${functionName}`,
      }),
    ),
    ...(isNarrow ? [narrow(where, reserved, steps)] : []),
    ...(isShort ? [short(where, unreserved, steps)] : []),
  ];
}

function narrow(where: FindingOf['where'], reserved: number, steps: number): FindingOf {
  return {
    ...{ id: 'concurrency-reserved', severity: 'warning', where },
    what: `${where.object} may run ${reserved} times at once, and ${where.pipeline} runs ${steps} steps side by side. Each holds one invocation.`,
    consequence:
      'Lambda throttles the others: the end of their statements is noticed late, and the alarm goes on.',
    repair: `Set checkStatementConcurrency in serverless.yml to ${steps} or more, or to none, and deploy.`,
  };
}

function short(where: FindingOf['where'], unreserved: number, steps: number): FindingOf {
  return {
    ...{ id: 'concurrency-short', severity: 'warning', where },
    what: `The account has ${unreserved} concurrent invocations left for functions without a number of their own, and ${where.pipeline} runs ${steps} steps side by side. Each holds one invocation.`,
    consequence:
      'Lambda throttles the others: the end of their statements is noticed late, and the alarm goes on.',
    repair:
      'aws service-quotas request-service-quota-increase --service-code lambda --quota-code L-B99A9384 --desired-value 1000',
  };
}

/** Whether all steps that run side by side can be submitted. */
export function judgeStatementQuota(pipelines: readonly Pipeline[]): readonly FindingOf[] {
  const { pipeline, steps } = widestOf(pipelines);
  if (steps <= ACTIVE_STATEMENTS) return [];
  return [
    {
      ...{ id: 'statements-quota', severity: 'warning', where: { pipeline } },
      what: `${pipeline} runs ${steps} steps side by side, and the Redshift Data API keeps ${ACTIVE_STATEMENTS} statements active.`,
      consequence:
        'It refuses the others (ActiveStatementsExceededException); they are submitted again later.',
      repair: 'Put steps one after the other with `after` in src/pipelines.',
    },
  ];
}

/** Limits of a workgroup that end a step, or let nobody query. */
export function judgeWorkgroup(
  pipelines: readonly Pipeline[],
  { name, status = 'AVAILABLE', maxQuerySeconds = 0, usageLimits }: WorkgroupLimits,
): readonly FindingOf[] {
  const where = { object: name };
  const longer = maxQuerySeconds > 0 ? longerSteps(pipelines, maxQuerySeconds * 1_000) : undefined;
  const ending = usageLimits.filter(({ breachAction }) => breachAction === 'deactivate');
  return [
    ...(status === 'AVAILABLE' ? [] : [unavailable(where, status)]),
    ...(longer === undefined
      ? []
      : [
          {
            ...{ id: 'query-time', severity: 'warning' as const, where },
            what: `max_query_execution_time of workgroup ${name} is ${maxQuerySeconds} s, and these steps may run longer: ${longer}.`,
            consequence:
              'Redshift cancels the statement then. The step fails with class limit, which is not submitted again by default.',
            repair: `aws redshift-serverless update-workgroup --workgroup-name ${name} --config-parameters parameterKey=max_query_execution_time,parameterValue=86399, or give the steps a shorter timeoutSeconds in src/pipelines`,
          },
        ]),
    ...ending.map(
      ({ usageLimitId = '', amount = 0, period = '', usageType = '' }): FindingOf => ({
        ...{ id: 'usage-limit', severity: 'warning', where },
        what: `The usage limit ${usageLimitId} of workgroup ${name} turns queries off after ${amount} (${usageType}, ${period}).`,
        consequence: 'Once it is reached, every statement of a run is refused until the period ends.',
        repair: `aws redshift-serverless update-usage-limit --usage-limit-id ${usageLimitId} --breach-action emit-metric`,
      }),
    ),
  ];
}

function unavailable(where: FindingOf['where'], status: string): FindingOf {
  return {
    ...{ id: 'workgroup-unavailable', severity: 'problem', where },
    what: `The workgroup ${where.object} is ${status}.`,
    consequence: 'Statements are refused while it is.',
    repair: `aws redshift-serverless get-workgroup --workgroup-name ${where.object} says when it is AVAILABLE.`,
  };
}
