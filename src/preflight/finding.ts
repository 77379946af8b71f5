/**
 * How bad it is. `problem`: a run will fail, or its result will be wrong. `warning`: it may. `uncertain`: what the check
 * could not find out.
 */
export type Severity = 'problem' | 'warning' | 'uncertain';

/** What a finding is about; only what applies. */
export interface Where {
  readonly pipeline?: string;
  readonly step?: string;
  readonly task?: string;
  /** A table, procedure, schema, rule, queue or file. */
  readonly object?: string;
  /** A database user. */
  readonly user?: string;
}

/** Something that stands in the way of a load, or that nobody could find out. */
export interface Finding {
  /** Names the kind of finding; it does not change. */
  readonly id: string;
  readonly severity: Severity;
  readonly area: Area;
  readonly where: Where;
  /** The evidence. */
  readonly what: string;
  /** What follows from it. */
  readonly consequence: string;
  /** What to do: the command or SQL, and the file where it belongs. */
  readonly repair: string;
}

/** What is looked at together. */
export type Area = 'warehouse' | 'dms' | 'stage';

/** Findings about one area are made without naming it. */
export type FindingOf = Omit<Finding, 'area'>;

/** What a check could not look at. It does not stop the others. */
const COULD_NOT_LOOK = 'could-not-look';

/** What is looked at in an area, and what comes of it. */
export interface Look {
  /** Begins the sentence about a failure: `the grants`. */
  readonly what: string;
  find(): Promise<readonly FindingOf[]>;
}

/** Runs every look. Those that fail are findings themselves, one for each reason. */
export async function lookAt(area: Area, looks: readonly Look[]): Promise<readonly Finding[]> {
  const results = await Promise.allSettled(looks.map(({ find }) => find()));
  const found = results.flatMap((result) => (result.status === 'fulfilled' ? result.value : []));
  const failed = results.flatMap((result, index) =>
    result.status === 'fulfilled'
      ? []
      : [{ what: looks[index]?.what ?? '', reason: messageOf(result.reason) }],
  );
  const reasons = [...Map.groupBy(failed, ({ reason }) => reason)];
  const unknown = reasons.map(([reason, all]) =>
    couldNotLook(all.map(({ what }) => what).join(', '), reason),
  );
  return [...found, ...unknown].map((finding) => ({ ...finding, area }));
}

/** The finding for what could not be looked at. */
export function couldNotLook(what: string, error: unknown): FindingOf {
  return {
    ...{ id: COULD_NOT_LOOK, severity: 'uncertain', where: {} },
    what: `Not looked at: ${what}. ${upperFirst(messageOf(error))}`,
    consequence: 'Nothing is known about it.',
    repair: 'Remove the cause, then check again. docs/check.md lists the permissions that the caller needs.',
  };
}

/** Begins a sentence. */
export function upperFirst(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** What an error says, or what was thrown in its place. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** Worst first; otherwise as they were found. */
export function sortFindings(findings: readonly Finding[]): readonly Finding[] {
  return findings.toSorted((a, b) => RANK[a.severity] - RANK[b.severity]);
}

const RANK: Readonly<Record<Severity, number>> = { problem: 0, warning: 1, uncertain: 2 };

/** 1 for problems; 2 where there is none, but something could not be looked at; else 0. */
export function exitCodeOf(findings: readonly Finding[]): 0 | 1 | 2 {
  if (findings.some(({ severity }) => severity === 'problem')) return 1;
  return findings.some(({ id }) => id === COULD_NOT_LOOK) ? 2 : 0;
}
