import type { Notification } from './notification-lines.ts';

/** What a local stack tells beside the histories of its runs. */
export interface StackNews {
  readonly notifications: readonly Notification[];
  /** What start-run answered where it started no run of the pipeline, and why it failed. */
  readonly answers: readonly string[];
  /** Lines that a DMS task's log has got so far. */
  taskLog(task: string): readonly string[];
  onNotification(message: string, subject?: string): void;
  onTaskLog(task: string, line: string): void;
  /** Takes a line that a function has logged. */
  onLog(functionName: string, line: string): void;
}

/** Collects the news about one pipeline. @param warn is told at once when a function fails */
export function collectNews(pipeline: string, warn: (text: string) => void): StackNews {
  const notifications: Notification[] = [];
  const answers: string[] = [];
  const taskLogs = new Map<string, string[]>();
  const logOf = (task: string) => {
    const lines = taskLogs.get(task) ?? [];
    taskLogs.set(task, lines);
    return lines;
  };
  return {
    notifications,
    answers,
    taskLog: logOf,
    onTaskLog: (task, line) => void logOf(task).push(line),
    onNotification: (message, subject) => void notifications.push({ message, subject }),
    onLog(functionName, line) {
      if (functionName === 'notify-outcome') warnOfFailure(functionName, line, warn);
      if (functionName !== 'start-run') return;
      const { level, message, ...logged } = readLine(line);
      const answer = level === 'ERROR' ? message : readAnswer(logged, pipeline);
      if (answer !== undefined) answers.push(`start-run: ${answer}`);
      warnOfFailure(functionName, line, warn);
    },
  };
}

/** Lambda calls a function that failed again a minute later; until then nothing more is seen of it. */
function warnOfFailure(functionName: string, line: string, warn: (text: string) => void): void {
  const { level, message } = readLine(line);
  if (level === 'ERROR') warn(`! ${functionName}: ${message}; it is called again a minute later`);
}

/** What start-run's answer looks like in its log; of several pipelines each has its own. */
interface LoggedAnswer {
  readonly pipeline?: string;
  readonly outcome?: string;
  readonly reason?: string;
  readonly runs?: readonly LoggedAnswer[];
}

function readAnswer(logged: LoggedAnswer, pipeline: string): string | undefined {
  const { outcome, reason } = logged.runs?.find((run) => run.pipeline === pipeline) ?? logged;
  return outcome === undefined || outcome === 'started' ? undefined : `${outcome}: ${reason}`;
}

/** A line of Powertools' logger is JSON; others are not read. */
function readLine(line: string): LoggedAnswer & { readonly level?: string; readonly message?: string } {
  try {
    return Object(JSON.parse(line));
  } catch {
    return {};
  }
}
