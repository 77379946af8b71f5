import { runSql, SQL_SECONDS } from './actions/run-sql.ts';
import { askPipeline, requestRedrive, requestStop } from './actions/runs.ts';
import { loadPipeline } from './actions/tasks.ts';
import type { PageSources } from './pages/find-page.ts';
import { renderAnswer } from './pages/sql-page.ts';

/** What a page is told about its request. */
export interface RequestAnswer {
  readonly text: string;
  readonly isHtml?: boolean;
  readonly failed?: boolean;
}

type AnswerRequest = (
  sources: PageSources,
  field: (name: string) => string,
  signal: AbortSignal,
) => Promise<RequestAnswer>;

/** What was done, in words; or why it was not, in the words of AWS or the warehouse. */
const inWords =
  (act: (sources: PageSources, field: (name: string) => string) => Promise<string>): AnswerRequest =>
  async (sources, field) => {
    try {
      return { text: await act(sources, field) };
    } catch (error) {
      const { name, message } = error as Error;
      return { text: `${name}: ${message}`, failed: true };
    }
  };

/** What pages may ask for, by the path below the console's. */
export const requests: Readonly<Record<string, AnswerRequest>> = {
  load: inWords(({ shown }, field) => loadPipeline(shown, field('pipeline'))),
  hold: inWords(({ shown }, field) => askPipeline(shown, field('pipeline'), 'hold')),
  release: inWords(({ shown }, field) => askPipeline(shown, field('pipeline'), 'release')),
  stop: inWords(({ shown }, field) => requestStop(shown, field('run'))),
  redrive: inWords(({ shown }, field) => requestRedrive(shown, field('run'))),
  break: inWords(({ breakage }) => breakage.make()),
  repair: inWords(({ breakage }) => breakage.repair()),
  sql: async ({ shown, mayWrite }, field, signal) => {
    const request = { sql: field('sql'), user: field('user'), mayWrite, limitMs: SQL_SECONDS * 1000, signal };
    return { text: renderAnswer(await runSql(shown.stack.warehouse, request)), isHtml: true };
  },
};
