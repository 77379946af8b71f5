import type { Pipeline } from '../../definition/pipeline.ts';
import type { Stack } from '../../local-stage/stack.ts';
import { describeNoRun, describeOutcome } from './describe-outcome.ts';
import { type FollowedRun, followRun } from './follow-run.ts';
import { notificationLines } from './notification-lines.ts';
import type { ProgressDisplay } from './progress-display.ts';
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
}

const NO_NOTIFICATION =
  '! no notification was sent within thirty seconds: npm start -- --verbose shows what notify-outcome logged';

/** Runs the DMS tasks, shows the pipeline's run, and tells how it ended and who was told. @returns the exit code */
export async function showLoad(view: LoadView): Promise<number> {
  const { stack, pipeline, pipelines, display, news, hints } = view;
  const followed = await followRun(stack, pipeline, display, async () => {
    for (const identifier of pipeline.tasks)
      await runLoadTask({ url: stack.url, identifier, log: news.taskLog(identifier) }, display);
  });
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
      : describeOutcome(run, { columns, tables, pipelines, hints })),
  ];
  for (const line of lines) display.line(line);
  return run?.status === 'SUCCEEDED' ? 0 : 1;
}

/** Nobody is told of a run that was superseded. Messages about others may be there, too. */
function isUntold(followed: FollowedRun | undefined, { notifications }: StackNews): boolean {
  if (followed === undefined || followed.run.superseded !== undefined) return false;
  return !notifications.some(({ message }) => message.includes(followed.executionArn));
}
