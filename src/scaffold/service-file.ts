import { isMap, isScalar, type Pair, parseDocument, type YAMLMap } from 'yaml';
import { InvalidConfig } from '../errors/errors.ts';
import type { FileEdit } from './project.ts';

const PATH = 'serverless.yml';

/** Account that no one has: deploying for a task of it is refused until its ARN is replaced. */
const NO_ACCOUNT = '000000000000';

/**
 * Adds a DMS task to `dmsTasks` of each stage that has some; undefined where each has it already. Only these lines are new, all other
 * text is as it was.
 * @throws InvalidConfig where the file has another form, with what is to be added by hand
 */
export function addTaskLine(text: string, task: string): FileEdit | undefined {
  const line = `${task}: arn:aws:dms:us-east-1:${NO_ACCOUNT}:task:${task}`;
  const maps = taskMaps(text);
  if (maps.length === 0)
    throw new InvalidConfig(
      `${PATH}: no stage under params has a block dmsTasks that could be added to. Add by hand, under dmsTasks of your stage: ${line}`,
    );
  const due = maps.filter(
    ({ items }) => !items.some(({ key }) => isScalar(key) && String(key.value) === task),
  );
  if (due.length === 0) return undefined;
  const offsets = due.map((map) => placeBehind(text, map)).toSorted((one, other) => other.end - one.end);
  let after = text;
  for (const { end, indent } of offsets)
    after = `${after.slice(0, end)}\n${indent}${line}${after.slice(end)}`;
  return { path: PATH, before: text, after };
}

/** The maps that are written as blocks, a line for each task. */
function taskMaps(text: string): readonly YAMLMap[] {
  const params = parseDocument(text, { logLevel: 'error' }).get('params');
  const stages = isMap(params) ? params.items : [];
  return stages.flatMap(({ value }) => {
    const tasks = isMap(value) ? value.get('dmsTasks') : undefined;
    return isMap(tasks) && !tasks.flow && tasks.items.length > 0 ? [tasks] : [];
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
