import type { Pipeline } from '../definition/pipeline.ts';
import type { Stack } from '../local/stack.ts';
import type { Run } from '../run-history/run.ts';
import { describeNoRun, describeOutcome } from './describe-outcome.ts';
import { followRun } from './follow-run.ts';
import type { ProgressDisplay } from './progress-display.ts';
import { runLoadTask } from './run-load-task.ts';
import { notificationLines } from './screen/notification-lines.ts';
import type { StackNews } from './stack-news.ts';
import { countTables } from './table-counts.ts';

/** What a load is shown with. */
export interface LoadView {
  readonly stack: Stack;
  readonly pipeline: Pipeline;
  /** All that the stack has. */
  readonly pipelines: readonly Pipeline[];
  readonly display: ProgressDisplay;
  /** What the stack tells, from its start on. */
  readonly news: StackNews;
  /** What to do on this machine after a failure, a line each. */
  readonly hints: readonly string[];
}

const NO_NOTIFICATION =
  '! no notification was sent within ten seconds: npm start -- --verbose shows what notify-outcome said';

/** Runs the DMS tasks, shows the pipeline's run, and tells how it ended and who was told. @returns the exit code */
export async function showLoad(view: LoadView): Promise<number> {
  const { stack, pipeline, pipelines, display, news, hints } = view;
  const run = await followRun(stack, pipeline, display, async () => {
    for (const identifier of pipeline.tasks)
      await runLoadTask({ url: stack.url, identifier, log: news.taskLog(identifier) }, display);
  });
  const isPublished = run?.status === 'SUCCEEDED' && run.superseded === undefined;
  const tables = isPublished ? await countTables(stack.url, pipeline, pipelines) : [];
  display.close();
  const { columns } = display;
  for (const notification of news.notifications)
    for (const line of notificationLines(notification, columns)) display.line(line);
  if (isUntold(run, news)) display.line(NO_NOTIFICATION);
  const lines =
    run === undefined
      ? describeNoRun(news.answers, columns)
      : describeOutcome(run, { columns, tables, pipelines, hints });
  for (const line of lines) display.line(line);
  return run?.status === 'SUCCEEDED' ? 0 : 1;
}

/** Nobody is told of a run that was superseded, nor where none was started. */
function isUntold(run: Run | undefined, { notifications }: StackNews): boolean {
  return run !== undefined && run.superseded === undefined && notifications.length === 0;
}
