import type { Clock } from '../../clock.ts';
import type { Target } from '../../data-api/target.ts';
import type { Pipeline } from '../../definition/pipeline.ts';
import type { Dms } from '../../loads/describe-task.ts';
import { type Finding, type Look, lookAt } from '../finding.ts';
import { judgeMappings, type MappingsReader } from './judge-mappings.ts';
import { judgeConnections, judgeTasks } from './judge-tasks.ts';
import { type NamedTask, type ReadTask, readConnections, readTasks } from './read-tasks.ts';
import { judgeEndpoints, type TargetEndpoint, userOf } from './surroundings/judge-endpoint.ts';
import { judgeAssessments, judgeEngines, judgeOtherTasks } from './surroundings/judge-surroundings.ts';
import {
  readAllTasks,
  readAssessment,
  readEndpoints,
  readInstances,
} from './surroundings/read-surroundings.ts';

/** What DMS is looked at with. */
export interface DmsSources {
  readonly pipelines: readonly Pipeline[];
  readonly dms: Dms;
  /** ARN of each task by the identifier that pipelines use. */
  readonly taskArns: Readonly<Record<string, string>>;
  readonly readMappings: MappingsReader;
  /** What only AWS has; absent for the local AWS. */
  readonly around?: {
    readonly dmsUser: string;
    readonly target: Target;
    readonly clock: Pick<Clock, 'now'>;
  };
}

/** Looks at the tasks that pipelines name. */
export async function checkDms({
  pipelines,
  dms,
  taskArns,
  readMappings,
  around,
}: DmsSources): Promise<readonly Finding[]> {
  const named = namedTasks(pipelines, taskArns);
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
    ...(around === undefined ? [] : looksAround({ pipelines, dms, readMappings, reading, ...around })),
  ]);
}

function namedTasks(pipelines: readonly Pipeline[], taskArns: DmsSources['taskArns']): readonly NamedTask[] {
  const identifiers = [...new Set(pipelines.flatMap(({ tasks }) => tasks))];
  return identifiers.flatMap((identifier) => {
    const arn = taskArns[identifier];
    return arn === undefined ? [] : [{ identifier, arn }];
  });
}

/**
 * The user that the tasks log in as, where all of them use one and DMS shows it; undefined otherwise, and where DMS cannot be asked,
 * which is told when it is looked at.
 */
export async function readDmsLogin({
  pipelines,
  dms,
  taskArns,
}: Pick<DmsSources, 'pipelines' | 'dms' | 'taskArns'>): Promise<string | undefined> {
  try {
    const targets = await readTargets(dms, await readTasks(dms, namedTasks(pipelines, taskArns)));
    const users = new Set(targets.map(({ endpoint }) => userOf(endpoint)));
    return users.size === 1 ? [...users][0] : undefined;
  } catch {
    return undefined;
  }
}

interface Around extends NonNullable<DmsSources['around']> {
  readonly pipelines: readonly Pipeline[];
  readonly dms: Dms;
  readonly readMappings: MappingsReader;
  readonly reading: Promise<readonly ReadTask[]>;
}

/** Looks at what tasks stand on: endpoints, instances, assessments, and tasks beside them. */
function looksAround(looked: Around): readonly Look[] {
  const { pipelines, dms, readMappings, reading, dmsUser, target, clock } = looked;
  const tasks = () => reading.catch(() => []);
  const found = async () =>
    (await tasks()).flatMap((read) =>
      'missing' in read ? [] : [{ identifier: read.identifier, ...read.task }],
    );
  const engines = async () => {
    const arns = (await found()).map(({ ReplicationInstanceArn: arn }) => arn);
    return judgeEngines(await readInstances(dms, distinct(arns)), clock.now());
  };
  const assessments = async () => {
    const read = (await found()).map(({ identifier, ReplicationTaskArn: arn = '' }) =>
      readAssessment(dms, identifier, arn),
    );
    return judgeAssessments((await Promise.all(read)).filter((one) => one !== undefined));
  };
  return [
    {
      what: 'the target endpoints',
      find: async () => judgeEndpoints(await readTargets(dms, await tasks()), dmsUser, target),
    },
    { what: 'the engine versions', find: engines },
    { what: 'the premigration assessments', find: assessments },
    {
      what: 'the mappings of other tasks',
      find: async () => judgeOtherTasks(pipelines, await tasks(), await readAllTasks(dms), readMappings),
    },
  ];
}

/** The target endpoint of each task. */
async function readTargets(dms: Dms, tasks: readonly ReadTask[]): Promise<readonly TargetEndpoint[]> {
  const ends = tasks.flatMap((read) =>
    'missing' in read ? [] : [{ task: read.identifier, arn: read.task.TargetEndpointArn }],
  );
  const endpoints = await readEndpoints(dms, distinct(ends.map(({ arn }) => arn)));
  return ends.flatMap(({ task, arn }) => {
    const endpoint = endpoints.find(({ EndpointArn }) => EndpointArn === arn);
    return endpoint === undefined ? [] : [{ task, endpoint }];
  });
}

function distinct(arns: readonly (string | undefined)[]): readonly string[] {
  return [...new Set(arns.filter((arn) => arn !== undefined))];
}
