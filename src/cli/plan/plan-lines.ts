import { CHANGE_CLASSES, type Change, type ChangeClass } from '../../plan/change.ts';
import { changesOf, classOfPlan, isEmptyPlan, type Plan } from '../../plan/plan.ts';
import type { Permission } from '../../plan/template/compare-permissions.ts';
import { printable } from '../screen/text/printable.ts';
import { wrap } from '../screen/wrap.ts';

const MARKS: Readonly<Record<ChangeClass, string>> = {
  harmless: '·',
  'changes results': '!',
  'cannot be undone': '✗',
};

/** A plan as lines of text: the pipelines first, in their own words. */
export function planLines(plan: Plan, columns: number): readonly string[] {
  const { pipelines, resources, permissions, migrations, alive } = plan;
  return [
    `what this tree would change: ${plan.against}`,
    '',
    ...section('Pipelines', changeLines(pipelines, columns)),
    ...section('Migrations that are due', changeLines(migrations, columns)),
    ...section(
      'Runs that are alive end with the definition that they began with',
      alive.map(({ pipeline, name }) => `  – ${pipeline}: ${name}`),
    ),
    ...section('Resources', changeLines(resources, columns)),
    ...section('Permissions that IAM would grant', permissionLines('+', permissions.widened, columns)),
    ...section('Permissions that would be taken away', permissionLines('-', permissions.narrowed, columns)),
    ...costLines(plan, columns),
    ...plan.failed.flatMap((text) => wrap(`not looked at: ${text}`, columns, { first: '? ', rest: '  ' })),
    ...plan.notLookedAt.flatMap((text) =>
      wrap(`not looked at: ${text}`, columns, { first: '– ', rest: '  ' }),
    ),
    ...wrap(summary(plan), columns, { first: '', rest: '  ' }),
  ];
}

function section(title: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : [title, ...lines, ''];
}

function changeLines(changes: readonly Change[], columns: number): readonly string[] {
  const sorted = changes.toSorted((a, b) => rank(b) - rank(a));
  const groups = Map.groupBy(sorted, ({ where }) => where.pipeline ?? '');
  return [...groups].flatMap(([pipeline, own]) => [
    ...(pipeline === '' ? [] : [`  ${pipeline}`]),
    ...own.flatMap((one) => linesOf(one, pipeline === '' ? '  ' : '    ', columns)),
  ]);
}

function rank(change: Change): number {
  return CHANGE_CLASSES.indexOf(change.class);
}

function linesOf(change: Change, indent: string, columns: number): readonly string[] {
  const { where, what, because } = change;
  const place = where.step ?? where.object;
  const text = printable(`${place === undefined ? '' : `${place}: `}${what}`);
  const rest = `${indent}  `;
  return [
    ...wrap(text, columns, { first: `${indent}${MARKS[change.class]} `, rest }),
    ...wrap(`${change.class}: ${because}`, columns, { first: `${rest}→ `, rest: `${rest}  ` }),
  ];
}

function permissionLines(
  sign: string,
  permissions: readonly Permission[],
  columns: number,
): readonly string[] {
  const roles = Map.groupBy(permissions, ({ who }) => who);
  return [...roles].flatMap(([who, own]) => {
    const alike = Map.groupBy(own, ({ resources, condition }) => JSON.stringify([resources, condition]));
    return [
      `  ${printable(who)}`,
      ...[...alike.values()].flatMap((group) =>
        wrap(printable(permissionWords(group)), columns, { first: `    ${sign} `, rest: '      ' }),
      ),
    ];
  });
}

/** Actions on the same resources under the same condition. */
function permissionWords(group: readonly Permission[]): string {
  const { resources = [], condition = '' } = group[0] ?? {};
  const actions = group.map(({ action }) => action).join(', ');
  return `${actions} on ${resources.map(plainReference).join(', ')}${condition === '' ? '' : ` if ${condition}`}`;
}

/** The text of a Sub, as it stands. */
function plainReference(resource: string): string {
  return /^\{"Fn::Sub":"([^"]*)"\}$/.exec(resource)?.[1] ?? resource;
}

function costLines({ cost }: Plan, columns: number): readonly string[] {
  if (cost === undefined) return [];
  const [before, after] = [cost.before.total, cost.after.total].map((usd) => usd.toFixed(2));
  const difference = (cost.after.total - cost.before.total).toFixed(2);
  const sign = difference.startsWith('-') ? '' : '+';
  const changed = before === after ? 'as before' : `${before} before, ${sign}${difference}`;
  const text = `Cost: USD ${after} a month, ${changed}. That is without DMS and Redshift, if each pipeline runs once a night`;
  return [...wrap(text, columns, { first: '', rest: '  ' }), ''];
}

function summary(plan: Plan): string {
  if (isEmptyPlan(plan)) return '✓ nothing: this tree is what is deployed';
  const changes = changesOf(plan);
  const counts = CHANGE_CLASSES.toReversed()
    .map((ofClass) => [ofClass, changes.filter((one) => one.class === ofClass).length] as const)
    .filter(([, count]) => count > 0)
    .map(([ofClass, count]) => `${count} ${ofClass}`);
  const total = counts.length === 0 ? 'permissions alone' : counts.join(', ');
  return `${MARKS[classOfPlan(plan) ?? 'harmless']} ${total}`;
}
