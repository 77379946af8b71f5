import { isMap, isScalar, type Pair, parseDocument, type YAMLMap } from 'yaml';
import { InvalidConfig } from '../errors/errors.ts';
import type { FileEdit } from './project.ts';

const PATH = 'serverless.yml';

/** Account that no one has: deploying for a task of it is refused until its ARN is replaced. */
const NO_ACCOUNT = '000000000000';

/** The ARN that a stage has a task under. */
export interface TaskOfStage {
  readonly stage: string;
  readonly arn: string;
}

/**
 * Adds a DMS task to `dmsTasks` of each stage that has some; undefined where each has it already. Only these lines are new, all other
 * text is as it was. In the stage that the task was found in, it has its ARN, also in place of one of no account.
 * @throws InvalidConfig where the file has another form, with what is to be added by hand, or where the stage has another ARN
 */
export function addTaskLine(text: string, task: string, known?: TaskOfStage): FileEdit | undefined {
  const noArn = `arn:aws:dms:us-east-1:${NO_ACCOUNT}:task:${task}`;
  const arnIn = (stage: string) => (stage === known?.stage ? known.arn : noArn);
  const maps = taskMaps(text);
  if (maps.length === 0 || (known !== undefined && !maps.some(({ stage }) => stage === known.stage)))
    throw new InvalidConfig(
      `${PATH}: ${known === undefined ? 'no stage' : `no stage ${known.stage}`} under params has a block dmsTasks that could be added to. Add by hand, under dmsTasks of your stage: ${task}: ${known?.arn ?? noArn}`,
    );
  const changes = maps.flatMap(({ stage, tasks }) =>
    changeFor(text, tasks, task, arnIn(stage), stage === known?.stage),
  );
  if (changes.length === 0) return undefined;
  let after = text;
  for (const { start, end, text: added } of changes.toSorted((one, other) => other.start - one.start))
    after = after.slice(0, start) + added + after.slice(end);
  return { path: PATH, before: text, after };
}

interface Change {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** A new line, or the ARN in place of one of no account. */
function changeFor(
  text: string,
  tasks: YAMLMap,
  task: string,
  arn: string,
  isKnown: boolean,
): readonly Change[] {
  const pair = tasks.items.find(({ key }) => isScalar(key) && String(key.value) === task);
  if (pair === undefined) {
    const { end, indent } = placeBehind(text, tasks);
    return [{ start: end, end, text: `\n${indent}${task}: ${arn}` }];
  }
  const written = isScalar(pair.value) ? String(pair.value.value) : '';
  if (!isKnown || written === arn) return [];
  if (!isScalar(pair.value) || !written.includes(`:${NO_ACCOUNT}:`))
    throw new InvalidConfig(
      `${PATH}: dmsTasks has ${task} with another value, ${written || 'which is no text'}, than the stage’s task, ${arn}. Correct it by hand`,
    );
  const [start = 0, end = 0] = pair.value.range ?? [];
  return [{ start, end, text: arn }];
}

/** The maps that are written as blocks, a line for each task, by their stages. */
function taskMaps(text: string): readonly { readonly stage: string; readonly tasks: YAMLMap }[] {
  const params = parseDocument(text, { logLevel: 'error' }).get('params');
  const stages = isMap(params) ? params.items : [];
  return stages.flatMap(({ key, value }) => {
    const tasks = isMap(value) ? value.get('dmsTasks') : undefined;
    return isMap(tasks) && !tasks.flow && tasks.items.length > 0
      ? [{ stage: isScalar(key) ? String(key.value) : '', tasks }]
      : [];
  });
}

/** The end of the line of a map's last entry, and the blanks before the entry. */
function placeBehind(text: string, { items }: YAMLMap): { readonly end: number; readonly indent: string } {
  const { key, value } = items.at(-1) as Pair;
  const start = isScalar(key) ? (key.range?.[0] ?? 0) : 0;
  const valueEnd = isScalar(value) ? (value.range?.[1] ?? start) : start;
  const end = text.indexOf('\n', valueEnd);
  return {
    end: end === -1 ? text.length : end,
    indent: text.slice(text.lastIndexOf('\n', start) + 1, start),
  };
}
