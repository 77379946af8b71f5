import { type Arn, parseArn } from '../../arn.ts';
import type { Stage } from '../../compile/stage/stage.ts';
import { compileRules } from '../../compile/template/rules.ts';
import type { FindingOf, Where } from '../finding.ts';

/** A rule of the default bus. */
export interface ReadRule {
  readonly name: string;
  readonly isEnabled: boolean;
  /** The parsed event pattern; absent for a schedule. */
  readonly pattern?: unknown;
}

interface Pattern {
  readonly resources?: readonly string[];
  readonly detail?: { readonly stateMachineArn?: readonly string[] };
}

/** Rules that are not there, are off, or match the events of others. @param deploy the command that deploys this tree */
export function judgeRules(stage: Stage, rules: readonly ReadRule[], deploy: string): readonly FindingOf[] {
  const place = Object.values(stage.taskArns).map(parseArn)[0];
  const compiled = Object.entries(compileRules(stage)).filter(([, { Type }]) => Type === 'AWS::Events::Rule');
  return compiled.flatMap(([id, { Properties }]) => {
    const { EventPattern, Description } = Properties as { EventPattern?: unknown; Description?: string };
    const rule = findRule(rules, `${stage.service}-${stage.stage}-${id}`);
    const where = { object: rule?.name ?? id };
    if (rule === undefined) return [missingRule(where, Description ?? '', deploy)];
    const expected = resolve(EventPattern, place) as Pattern | undefined;
    return [
      ...(rule.isEnabled ? [] : [disabledRule(where, Description ?? '', rule.name)]),
      ...(expected === undefined ? [] : judgePattern(where, expected, rule.pattern as Pattern, deploy)),
    ];
  });
}

/** CloudFormation adds a random end to the name that it makes of stack and logical ID. */
function findRule(rules: readonly ReadRule[], name: string): ReadRule | undefined {
  return rules.find((rule) => rule.name === name) ?? rules.find((rule) => rule.name.startsWith(`${name}-`));
}

const PSEUDO = /\$\{AWS::(\w+)\}/g;

function pseudoValue(name: string, { partition, region, account }: Partial<Arn> = {}): string {
  const values: Readonly<Record<string, string | undefined>> = {
    Partition: partition,
    Region: region,
    AccountId: account,
  };
  return values[name] ?? '';
}

/** Names of this account and Region in place of references. */
function resolve(part: unknown, place: Arn | undefined): unknown {
  if (Array.isArray(part)) return part.map((one) => resolve(one, place));
  if (typeof part !== 'object' || part === null) return part;
  if ('Fn::Sub' in part)
    return String(part['Fn::Sub']).replaceAll(PSEUDO, (_, name) => pseudoValue(name, place));
  return Object.fromEntries(Object.entries(part).map(([key, value]) => [key, resolve(value, place)]));
}

function missingRule(where: Where, description: string, deploy: string): FindingOf {
  return {
    ...{ id: 'rule-missing', severity: 'problem', where },
    what: `The stage has no rule ${where.object} (${description}).`,
    consequence: 'Nobody is told of these events.',
    repair: deploy,
  };
}

function disabledRule(where: Where, description: string, name: string): FindingOf {
  return {
    ...{ id: 'rule-disabled', severity: 'problem', where },
    what: `The rule ${name} is disabled (${description}).`,
    consequence: 'Its events and times start nothing.',
    repair: `aws events enable-rule --name ${name}`,
  };
}

function judgePattern(
  where: Where,
  expected: Pattern,
  found: Pattern | undefined,
  deploy: string,
): readonly FindingOf[] {
  const [own, theirs] = [arnsOf(expected), arnsOf(found)];
  const lacking = own.filter((arn) => !theirs.includes(arn));
  const foreign = theirs.filter((arn) => !own.includes(arn));
  if (lacking.length > 0 || foreign.length > 0) return [otherArns(where, lacking, foreign, deploy)];
  if (canonical(expected) === canonical(found)) return [];
  return [
    {
      ...{ id: 'rule-differs', severity: 'problem', where },
      what: `The pattern of the rule ${where.object} is not the one that this tree compiles.`,
      consequence: 'It matches other events than it should.',
      repair: deploy,
    },
  ];
}

function otherArns(
  where: Where,
  lacking: readonly string[],
  foreign: readonly string[],
  deploy: string,
): FindingOf {
  const texts = [
    ...(lacking.length === 0 ? [] : [`it does not match ${lacking.join(', ')}`]),
    ...(foreign.length === 0 ? [] : [`it matches ${foreign.join(', ')}, which this stage does not know`]),
  ];
  return {
    ...{ id: 'rule-arns', severity: 'problem', where },
    what: `The rule ${where.object} is for others: ${texts.join('; ')}.`,
    consequence: [...lacking, ...foreign].some((arn) => arn.includes(':task:'))
      ? 'Events of what it does not match start nothing. The sweep finds a finished load up to 15 minutes later.'
      : 'Ends of runs that it does not match are told to nobody, and their statements go on until the sweep.',
    repair: `Correct dmsTasks in serverless.yml, or deploy what stands there: ${deploy}`,
  };
}

function arnsOf(pattern: Pattern | undefined): readonly string[] {
  return [...(pattern?.resources ?? []), ...(pattern?.detail?.stateMachineArn ?? [])];
}

/** JSON with its members in one order; the order of values in a pattern does not count either. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, part) => {
    if (Array.isArray(part))
      return part.toSorted((a, b) => JSON.stringify(a).localeCompare(JSON.stringify(b)));
    if (typeof part !== 'object' || part === null) return part;
    return Object.fromEntries(Object.entries(part).toSorted(([a], [b]) => a.localeCompare(b)));
  });
}
