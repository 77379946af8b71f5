import { describe, expect, it } from 'vitest';
import { createNotices } from '../../../src/console/notices.ts';
import { homePage } from '../../../src/console/pages/home-page.ts';
import { renderPage } from '../../../src/console/pages/layout.ts';
import { queuesPage } from '../../../src/console/pages/queues-page.ts';
import { runPage } from '../../../src/console/pages/run-page.ts';
import { renderAnswer } from '../../../src/console/pages/sql-page.ts';
import { HOSTILE_TEXTS } from '../../fixtures/report/hostile-runs.ts';
import { REPORTS } from '../../fixtures/report/reports.ts';

const HOSTILE = `${HOSTILE_TEXTS.join(' ')} <script>alert(1)</script> " onclick='x' \u202e \u0007`;

const column = { typeName: HOSTILE, precision: 0, scale: 0, nullable: true, schemaName: '', tableName: '' };

/** Every page and answer, with that text wherever a text comes from outside. */
const PAGES: Readonly<Record<string, string>> = {
  home: renderPage(
    homePage({
      pipelines: [
        {
          name: HOSTILE,
          held: HOSTILE,
          tasks: [{ identifier: HOSTILE, status: HOSTILE, rows: 1, failure: HOSTILE }],
          runs: [],
        },
      ],
      notices: [{ number: 1, at: 0, subject: HOSTILE, message: HOSTILE, forms: { https: HOSTILE } }],
      breakage: HOSTILE,
      isBroken: false,
      gone: HOSTILE,
    }),
    { page: 'home', gone: HOSTILE },
    { instance: 'i', token: 't' },
  ),
  queues: queuesPage([
    {
      name: HOSTILE,
      messages: [
        { id: HOSTILE, body: HOSTILE, attributes: { [HOSTILE]: HOSTILE }, sentAt: 0, receiveCount: 2 },
        { id: 'b', body: JSON.stringify({ a: HOSTILE }), attributes: {}, sentAt: 0, receiveCount: 0 },
      ],
    },
  ]).body.toString(),
  rows: renderAnswer({
    result: { command: HOSTILE, rowCount: 1, columns: [{ ...column, name: HOSTILE }], rows: [[HOSTILE]] },
    ms: 1,
  }),
  error: renderAnswer({ error: HOSTILE, ms: 1, isLate: false }),
};

describe('pages of the console', () => {
  it.each(Object.entries(PAGES))('show every text as text: %s', (_name, html) => {
    expect(html).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
    expect(html).not.toContain('<script>alert(1)');
    expect(html).not.toMatch(/<[^>]* onclick='x'/);
    expect(html).not.toContain('\u202e');
    expect(html).not.toContain('\u0007');
  });

  it.each([
    ['running', ['stop']],
    ['failed', ['redrive']],
    ['published', []],
  ] as const)('offer for a run that is %s what can be done: %j', (state, offered) => {
    const report = Object.values(REPORTS).find(({ outcome }) => outcome.state === state);
    if (report === undefined) throw new Error(`no report of a run that is ${state}`);

    const html = runPage(report, false).body.toString();

    expect([...html.matchAll(/action="\/console\/(\w+)"/g)].map(([, path]) => path)).toEqual(offered);
  });

  it('offer the repair of the sample beside the redrive, while it is broken', () => {
    const report = Object.values(REPORTS).find(({ outcome }) => outcome.state === 'failed');
    if (report === undefined) throw new Error('no report of a run that failed');

    expect(runPage(report, true).body.toString()).toContain('action="/console/repair"');
  });

  it('offer to break the sample only where there is a mistake to make', () => {
    const home = { pipelines: [], notices: [], isBroken: false };

    expect(homePage({ ...home, breakage: 'x' }).body.toString()).toContain('action="/console/break"');
    expect(homePage({ ...home, breakage: undefined }).body.toString()).not.toContain('break');
  });
});

it('the last 50 notifications are kept, the newest first', () => {
  const notices = createNotices();

  for (let number = 1; number <= 60; number += 1) notices.add(number, `message ${number}`);

  expect(notices.list()).toHaveLength(50);
  expect(notices.list()[0]).toEqual({ number: 60, at: 60, subject: '', message: 'message 60', forms: {} });
});
