import type { Pipeline } from '../../definition/pipeline.ts';
import type { Dms } from '../../loads/describe-task.ts';
import { type Finding, lookAt } from '../finding.ts';
import { judgeMappings, type MappingsReader } from './judge-mappings.ts';
import { judgeConnections, judgeTasks } from './judge-tasks.ts';
import { readConnections, readTasks } from './read-tasks.ts';

/** What DMS is looked at with. */
export interface DmsSources {
  readonly pipelines: readonly Pipeline[];
  readonly dms: Dms;
  /** ARN of each task by the identifier that pipelines use. */
  readonly taskArns: Readonly<Record<string, string>>;
  readonly readMappings: MappingsReader;
}

/** Looks at the tasks that pipelines name. */
export async function checkDms({
  pipelines,
  dms,
  taskArns,
  readMappings,
}: DmsSources): Promise<readonly Finding[]> {
  const identifiers = [...new Set(pipelines.flatMap(({ tasks }) => tasks))];
  const named = identifiers.flatMap((identifier) => {
    const arn = taskArns[identifier];
    return arn === undefined ? [] : [{ identifier, arn }];
  });
  // Asked once; the first look tells where it fails.
  const reading = readTasks(dms, named);
  const connections = async () => {
    const tasks = await reading.catch(() => []);
    const endpoints = tasks.flatMap((read) =>
      'missing' in read
        ? []
        : [read.task.SourceEndpointArn, read.task.TargetEndpointArn].filter((arn) => arn !== undefined),
    );
    if (endpoints.length === 0) return [];
    return judgeConnections(tasks, await readConnections(dms, [...new Set(endpoints)]));
  };
  return lookAt('dms', [
    { what: 'the DMS tasks', find: async () => judgeTasks(await reading) },
    { what: 'the connection tests of the endpoints', find: connections },
    {
      what: 'the table mappings',
      find: async () => judgeMappings(pipelines, await reading.catch(() => []), readMappings),
    },
  ]);
}
