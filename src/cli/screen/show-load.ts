import type { Pipeline } from '../../definition/pipeline.ts';
import type { Stack } from '../../local-stage/stack.ts';
import { describeNoRun, describeOutcome } from './describe-outcome.ts';
import { type FollowedRun, followRun } from './follow-run.ts';
import type { ProgressDisplay } from './list/progress-display.ts';
import { createWrittenReader } from './list/written-reader.ts';
import { notificationLines } from './notification-lines.ts';
import { runLoadTask } from './run-load-task.ts';
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
  /** What to try after a success, a line each. */
  readonly tryNext: readonly string[];
  /** Told of the run each time something is new. */
  onRun?(followed: FollowedRun): void;
  /** Told where the report of the run is. */
  onReport?(path: string): void;
}

const NO_NOTIFICATION = '! no notification was sent: npm start -- --verbose shows what notify-outcome logged';

/** Runs the DMS tasks, shows the pipeline's run, and tells how it ended and who was told. @returns the exit code */
export async function showLoad(view: LoadView): Promise<number> {
  const { stack, pipeline, pipelines, display, news, hints, tryNext, onRun = () => {} } = view;
  const { readWritten, close } = createWrittenReader(stack.url);
  const loadTables = async () => {
    for (const identifier of pipeline.tasks)
      await runLoadTask({ url: stack.url, identifier, log: news.taskLog(identifier) }, display);
  };
  const followed = await followRun({ stack, pipeline, display, readWritten, loadTables, onRun }).finally(
    close,
  );
  const run = followed?.run;
  const isPublished = run?.status === 'SUCCEEDED' && run.superseded === undefined;
  const tables = isPublished ? await countTables(stack.url, pipeline, pipelines) : [];
  display.close();
  const { columns } = display;
  const lines = [
    ...news.notifications.flatMap((notification) => ['', ...notificationLines(notification, columns)]),
    '',
    ...(isUntold(followed, news) ? [NO_NOTIFICATION] : []),
    ...(run === undefined
      ? describeNoRun(news.answers, columns)
      : describeOutcome(run, { columns, tables, pipelines, hints, tryNext })),
  ];
  for (const line of lines) display.line(line);
  if (followed !== undefined) await tellReport(view, followed);
  return run?.status === 'SUCCEEDED' ? 0 : 1;
}

/** The page of the run. It is loaded late, because it draws. */
async function tellReport({ stack, pipelines, display, onReport }: LoadView, { executionArn }: FollowedRun) {
  const { reportLocalRun } = await import('../report/report-local-run.ts');
  const { line, path } = await reportLocalRun(stack.url, pipelines, executionArn);
  display.line('');
  display.line(line);
  if (path !== undefined) onReport?.(path);
}

/** Nobody is told of a run that was superseded. Messages about others may be there, too. */
function isUntold(followed: FollowedRun | undefined, { notifications }: StackNews): boolean {
  if (followed === undefined || followed.run.superseded !== undefined) return false;
  return !notifications.some(({ message }) => message.includes(followed.executionArn));
}
