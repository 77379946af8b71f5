import { shownNumber } from '../render.ts';
import type { Figure, Findings, Measuring, Subject, Table } from '../subject.ts';
import { measurePolicy, measureProduct, NETWORK_MS, type Wait } from './measure-wait.ts';
import { POLICIES, type Policy } from './policies.ts';

/** Statements, and how many of slightly different length are run of each: a poll is late by where in its pause one ends. */
const STATEMENTS = [
  { shown: '0.5 s', seconds: 0.5, samples: 8, dearest: 1 },
  { shown: '5 s', seconds: 5, samples: 8, dearest: 1 },
  { shown: '60 s', seconds: 60, samples: 8, dearest: 1.35 },
  { shown: '600 s', seconds: 600, samples: 8, dearest: 1 },
  { shown: '1 h', seconds: 3_600, samples: 4, dearest: 1 },
  // The Data API ends a statement of 24 hours.
  { shown: '24 h', seconds: 86_399, samples: 1, dearest: 1 },
] as const;

type Statement = (typeof STATEMENTS)[number];

const SPREAD_SECONDS = 30;

/** Seconds of the statements that stand for one length: spread over the longest fixed pause, or over half of the length. */
export function sampleSeconds({
  seconds,
  samples,
}: Readonly<Record<'seconds' | 'samples', number>>): readonly number[] {
  const spread = Math.min(SPREAD_SECONDS, seconds / 2);
  return Array.from({ length: samples }, (_, index) => seconds + (spread * index) / samples);
}

interface Row {
  readonly name: string;
  /** Of the statement that is as long as is said. */
  readonly exact: Wait;
  readonly meanLate: number;
  readonly worstLate: number;
}

function rowOf(name: string, waits: readonly Wait[]): Row {
  const late = waits.map(({ lateSeconds }) => lateSeconds);
  return {
    name,
    exact: waits[0] as Wait,
    meanLate: late.reduce((sum, seconds) => sum + seconds, 0) / late.length,
    worstLate: Math.max(...late),
  };
}

async function measureAll(
  statement: Statement,
): Promise<{ readonly rows: readonly Row[]; readonly guards: Wait }> {
  const seconds = sampleSeconds(statement);
  const ours = await inTurn(seconds, measureProduct);
  const rows = [
    rowOf(
      '**this system**',
      ours.map(({ step }) => step),
    ),
  ];
  for (const policy of POLICIES)
    rows.push(rowOf(policy.name, await inTurn(seconds, (one) => measurePolicy(policy, one))));
  return { rows, guards: ours[0]?.guards as Wait };
}

async function inTurn<T>(
  seconds: readonly number[],
  measure: (one: number) => Promise<T>,
): Promise<readonly T[]> {
  const all: T[] = [];
  for (const one of seconds) all.push(await measure(one));
  return all;
}

function tableOf({ shown }: Statement, rows: readonly Row[]): Table {
  return {
    title: `A statement of ${shown}`,
    columns: [
      '',
      'late, mean',
      'late, worst',
      'transitions',
      'API calls',
      'history events',
      'GB-seconds',
      'USD per 1,000',
    ],
    rows: rows.map(({ name, exact, meanLate, worstLate }) => [
      exact.ended ? name : `${name} (did not end: 25,000 history events)`,
      ...[meanLate, worstLate, exact.transitions, exact.apiCalls, exact.historyEvents, exact.gbSeconds].map(
        shownNumber,
      ),
      (exact.dollars * 1000).toFixed(3),
    ]),
  };
}

function figuresOf(statement: Statement, rows: readonly Row[]): readonly Figure[] {
  const [ours, published] = rows as [Row, Row];
  const of = (what: string) => `${what}, statement of ${statement.shown}`;
  return [
    { what: of('seconds late, mean'), ours: ours.meanLate, unit: 's', bar: { most: 0.2 }, kind: 'ratio' },
    {
      what: of('dollars beside the published sample'),
      ...{ ours: ours.exact.dollars / published.exact.dollars, unit: '×' },
      ...{ bar: { most: statement.dearest }, kind: 'ratio' },
    },
    ...(statement.shown === '600 s'
      ? [
          {
            what: of('transitions'),
            ...({ ours: ours.exact.transitions, unit: '', bar: { most: 5 }, kind: 'ratio' } as const),
          },
        ]
      : []),
    ...(statement.shown === '24 h'
      ? [
          {
            what: of('history events'),
            ...({ ours: ours.exact.historyEvents, unit: '', bar: { most: 1_500 }, kind: 'ratio' } as const),
          },
        ]
      : []),
  ];
}

function sourcesTable(policies: readonly Policy[]): Table {
  return {
    title: 'Where the policies come from',
    columns: ['policy', 'source'],
    rows: policies.map(({ name, source }) => [name, source]),
  };
}

async function measure({ tell }: Measuring): Promise<Findings> {
  const figures: Figure[] = [];
  const tables: Table[] = [];
  for (const statement of STATEMENTS) {
    tell(`a statement of ${statement.shown}`);
    const { rows, guards } = await measureAll(statement);
    figures.push(...figuresOf(statement, rows));
    tables.push(tableOf(statement, rows));
    if (statement === STATEMENTS[0]) tables.push(guardTable(guards));
  }
  return { figures, tables: [...tables, sourcesTable(POLICIES)] };
}

function guardTable({ transitions, apiCalls, historyEvents, gbSeconds, dollars }: Wait): Table {
  return {
    title:
      'What this system does once a run around its steps, whatever they take (start, turn, verification, confirmation); the policies have nothing like it, and it is in none of the tables below',
    columns: ['transitions', 'API calls', 'history events', 'GB-seconds', 'USD per 1,000'],
    rows: [
      [...[transitions, apiCalls, historyEvents, gbSeconds].map(shownNumber), (dollars * 1000).toFixed(3)],
    ],
  };
}

export const waiting: Subject = {
  name: 'waiting',
  title: 'Waiting for a statement',
  about: `In virtual time, with ${NETWORK_MS} ms of network each way between Step Functions, functions and the Data API. This system runs as it is deployed: compiled machine, handlers, local services. Each policy of others is a machine on the same engine, against the same local Data API, with the same memory and prices. Late is the time from the statement's end until the state behind its step is entered.`,
  measure,
};
