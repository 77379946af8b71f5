import { InvalidConfig } from '../../errors/errors.ts';
import type { Breakage } from '../actions/breakage.ts';
import { localExecutionArn } from '../actions/runs.ts';
import type { Notice } from '../notices.ts';
import type { PagePlace } from '../place.ts';
import { readPipelines } from '../read/read-home.ts';
import type { Reports } from '../read/read-reports.ts';
import type { ShownStack } from '../shown-stack.ts';
import { homePage } from './home-page.ts';
import type { ConsolePage } from './layout.ts';
import { pipelinePage } from './pipeline-page.ts';
import { queuesPage } from './queues-page.ts';
import { runPage } from './run-page.ts';
import { sqlPage } from './sql-page.ts';

/** What pages are made from. */
export interface PageSources {
  readonly shown: ShownStack;
  readonly reports: Reports;
  readonly breakage: Breakage;
  readonly notices: { list(): readonly Notice[] };
  readonly mayWrite: boolean;
}

/** The page of a place as it is now; undefined for that of a run or pipeline that is not there. */
export async function findPage(sources: PageSources, place: PagePlace): Promise<ConsolePage | undefined> {
  switch (place.page) {
    case 'home':
      return findHome(sources, place.gone);
    case 'pipeline':
      return findPipelinePage(sources, place.name);
    case 'run':
      return findRun(sources, localExecutionArn(place.machine, place.name));
    case 'sql':
      return sqlPage(sources.mayWrite);
    case 'queues':
      return queuesPage(sources.shown.stack.peekQueues());
  }
}

async function findHome(sources: PageSources, gone: string | undefined): Promise<ConsolePage> {
  const { shown, reports, breakage, notices } = sources;
  const [states, description] = await Promise.all([readPipelines(shown), breakage.describe()]);
  const pipelines = await Promise.all(
    states.map(async (state) => ({ ...state, runs: await reports.list(state.name) })),
  );
  return homePage({
    ...{ pipelines, notices: notices.list(), gone },
    ...{ breakage: description, isBroken: breakage.isMade },
  });
}

async function findPipelinePage({ shown, reports }: PageSources, name: string) {
  if (!shown.pipelines.some((pipeline) => pipeline.name === name)) return undefined;
  return pipelinePage(name, await reports.list(name));
}

async function findRun({ reports, breakage }: PageSources, arn: string): Promise<ConsolePage | undefined> {
  try {
    return runPage(await reports.of(arn), breakage.isMade);
  } catch (error) {
    if (error instanceof InvalidConfig) return undefined;
    throw error;
  }
}
