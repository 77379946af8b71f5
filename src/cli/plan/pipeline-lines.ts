import { DEFINITION_BYTES, HISTORY_EVENTS, STATE_DATA_BYTES } from '../../compile/machine/service-limits.ts';
import { ELT_SCHEMA } from '../../names/elt-tables.ts';
import type { RoleView } from '../../plan/view/permission-view.ts';
import type { PipelineView, StepView } from '../../plan/view/pipeline-view.ts';
import { wrap } from '../screen/wrap.ts';
import { treeLines } from './tree-lines.ts';

/** What a pipeline is compiled to, as lines of text. */
export function pipelineLines(view: PipelineView, columns: number): readonly string[] {
  const { name, definedAt, tasks, steps, rule, tree, deadline } = view;
  const does = new Map(steps.map((step) => [step.name, step.does]));
  const width = columns - 2;
  return [
    `${name}${definedAt === undefined ? '' : `  ${definedAt}`}`,
    ...field('starts', `when a full load of ${tasks.join(' and ')} has ended`, columns),
    ...field('rule', ruleWords(rule), columns),
    ...tables(view, columns),
    ...(deadline === undefined ? [] : field('due', deadline, columns)),
    '',
    ...treeLines(tree, (step) => does.get(step) ?? '', width).map((line) => `  ${line}`),
    '',
    ...steps.flatMap((step) => stepLines(step, columns)),
    ...field('states', sizesOf(view), columns),
    ...field(
      'cost',
      `USD ${view.monthlyCost.toFixed(2)} a month for its runs, once a night; alarms and metrics of the stage come on top`,
      columns,
    ),
    '',
  ];
}

/** An event pattern in a line: `source aws.dms; detail.eventType …`. */
function ruleWords({ detail, ...rest }: PipelineView['rule']): string {
  const parts = Object.entries({
    ...rest,
    ...Object.fromEntries(Object.entries(detail).map(([name, values]) => [`detail.${name}`, values])),
  });
  return parts.map(([name, values]) => `${name} ${[values].flat().join(' or ')}`).join('; ');
}

const LABEL_COLUMNS = 10;

function field(label: string, text: string, columns: number): readonly string[] {
  const first = `  ${label.padEnd(LABEL_COLUMNS - 2)}`;
  return wrap(text, columns, { first, rest: ' '.repeat(LABEL_COLUMNS) });
}

function tables(
  { stagedTables, otherTables, windowHours, companionHours, tasks }: PipelineView,
  columns: number,
) {
  const rows = stagedTables.flatMap(({ table, source, minRows }, index) =>
    field(
      index === 0 ? 'staged' : '',
      `${table}${source === null ? '' : ` from ${source}`}, ${minRows} ${minRows === 1 ? 'row' : 'rows'} or more`,
      columns,
    ),
  );
  const hours = `a load counts for ${windowHours} h${tasks.length > 1 ? `, its companions within ${companionHours} h` : ''}`;
  const others =
    otherTables === 'fail'
      ? 'an error in another table of the task stops the run'
      : 'errors in other tables of the task are ignored';
  return [...rows, ...field('load', `${hours}; ${others}`, columns)];
}

function stepLines({ name, does, after, fence, policy, sqls, audits }: StepView, columns: number) {
  const waits = after.length === 0 ? '' : `, after ${after.join(', ')}`;
  const indent = { first: '    ', rest: '    ' };
  return [
    ...wrap(`${name}: ${does}${waits}`, columns, { first: '  ', rest: '    ' }),
    ...wrap(policyWords(policy), columns, indent),
    ...wrap(
      fence === undefined
        ? 'no fence'
        : `fence ${ELT_SCHEMA}.${fence}, in one transaction with what follows:`,
      columns,
      indent,
    ),
    ...sqls.flatMap((sql, index) => {
      const first = `    ${String(index + 1).padStart(2)} `;
      return wrap(sql, columns, { first, rest: ' '.repeat(first.length + 2) });
    }),
    ...audits.flatMap((audit) =>
      wrap(
        `audit ${audit.name}: ${audit.severity === 'fail' ? 'wrong rows roll the step back' : 'wrong rows only warn'}`,
        columns,
        {
          first: '    • ',
          rest: '      ',
        },
      ),
    ),
    '',
  ];
}

function policyWords({ timeoutSeconds, attempts, retryOn, commits }: StepView['policy']): string {
  const classes = Array.isArray(retryOn) && retryOn.length > 0 ? ` after ${retryOn.join(', ')}` : '';
  const own = commits === true ? '; commits by itself' : '';
  return `at most ${timeoutSeconds} s, submitted ${attempts === 1 ? 'once' : `${attempts} times at most${classes}`}${own}`;
}

function sizesOf({ states, estimate }: PipelineView): string {
  const { historyEvents, definitionBytes, dataBytes } = estimate;
  return [
    `${states}, of which a run enters each about once unless it waits`,
    `at most ${historyEvents} of ${HISTORY_EVENTS} history events in the longest run`,
    `${definitionBytes} of ${DEFINITION_BYTES} bytes of definition`,
    `${dataBytes} of ${STATE_DATA_BYTES} bytes of data`,
  ].join('; ');
}

/** The roles that all pipelines of a stage share. */
export function permissionLines(roles: readonly RoleView[], columns: number): readonly string[] {
  return [
    'Permissions of the functions, which all pipelines of a stage share',
    ...roles.flatMap(({ role, functions, grants }) => [
      ...wrap(`${role}: ${functions.join(', ')}`, columns, { first: '  ', rest: '    ' }),
      ...grants.flatMap(({ on, actions }) =>
        wrap(`${actions.join(', ')} on ${on}`, columns, { first: '    ', rest: '      ' }),
      ),
    ]),
  ];
}
