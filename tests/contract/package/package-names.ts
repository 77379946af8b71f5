import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { createStage } from '../../../src/compile/stage/stage.ts';
import { readStageParameters } from '../../../src/compile/stage/stage-parameters.ts';
import { compileDmsTask } from '../../../src/compile/template/dms-task.ts';
import { pipelines } from '../../../src/pipelines/index.ts';
import {
  resolve,
  type Template,
  type TemplateResource,
  toTemplate,
} from '../../fixtures/package/cloudformation/template.ts';

const page = await readFile(new URL('../../../docs/deploy.md', import.meta.url), 'utf8');

/** Rows of the table of names in docs/deploy.md that are about one type each; the last row is about all others. */
const ROWS: Readonly<Record<string, string>> = {
  'AWS::StepFunctions::StateMachine': 'state machines',
  'AWS::Logs::LogGroup': 'log groups',
  'AWS::DMS::ReplicationTask': 'DMS task',
};

/** Properties that name the resource itself: others refer to what has a name. */
const NAME_PROPERTIES = [
  ...['AlarmName', 'FunctionName', 'LogGroupName', 'QueueName', 'RoleName', 'StateMachineName', 'TopicName'],
  ...[
    'BucketName',
    'ManagedPolicyName',
    'ConfigurationName',
    'Name',
    'ReplicationTaskIdentifier',
    'ResourceIdentifier',
  ],
];

/** What docs/deploy.md says that resources of a type are called, for the stage local. */
function documentedNames(type: string): readonly RegExp[] {
  const row = ROWS[type] ?? 'all the rest';
  const cell = new RegExp(`^\\| ${row} \\| (.*) \\|$`, 'm').exec(page)?.[1] ?? '';
  // What follows a full stop is about policies.
  const patterns = [...(cell.split('. ')[0] ?? '').matchAll(/`([^`]+)`/g)].map(([, pattern = '']) => pattern);
  return patterns.map((pattern) => {
    const source = pattern
      .replaceAll('STAGE', 'local')
      .replace('*', '.+')
      .replace('PIPELINE', '[a-z0-9-]+')
      .replace('IDENTIFIER', '[A-Za-z0-9-]+');
    return new RegExp(`^${source}$`);
  });
}

/** Names that a template gives. What has none is called after the stack by CloudFormation. */
function givenNames({ Resources }: Template): readonly (readonly [TemplateResource, string])[] {
  return Object.values(Resources).flatMap((resource) =>
    NAME_PROPERTIES.flatMap((property) => {
      const name = resolve(resource.Properties?.[property] ?? null);
      // A reference is to a resource that has the name itself.
      const isOwn = typeof name === 'string' && !/^(?:ref|att):/.test(name);
      return isOwn ? [[resource, name] as const] : [];
    }),
  );
}

function undocumented(template: Template): readonly string[] {
  return givenNames(template)
    .filter(([{ Type }, name]) => !documentedNames(Type).some((pattern) => pattern.test(name)))
    .map(([{ Type }, name]) => `${Type} ${name}`);
}

/** Holds the names that docs/deploy.md gives to whoever deploys to the packaged template. */
export function describePackageNames(template: () => Template): void {
  describe('the names that a deployer’s policy must cover', () => {
    it('are all in docs/deploy.md', () => {
      expect(givenNames(template()).length).toBeGreaterThan(25);
      expect(undocumented(template())).toEqual([]);
    });

    it('have that of the DMS task of the stage’s own among them', () => {
      const arn = (rest: string) => `arn:aws:dms:us-east-1:123456789012:${rest}`;
      const [, ...others] = new Set(pipelines.flatMap(({ tasks }) => tasks));
      const stage = createStage({
        ...{ service: 'redshift-elt', stage: 'local', region: 'us-east-1', pipelines },
        parameters: readStageParameters({
          ...{ clusterIdentifier: 'mart', database: 'dev', dbUser: 'runtime' },
          dmsReplicationInstanceArn: arn('rep:R'),
          dmsSourceEndpointArn: arn('endpoint:S'),
          dmsTargetEndpointArn: arn('endpoint:T'),
          dmsTasks: Object.fromEntries(others.map((task) => [task, arn(`task:${task}`)])),
        }),
      });
      const task = toTemplate(compileDmsTask(stage, { tableMappings: {}, settings: {} }));

      expect(givenNames(task)).toHaveLength(2);
      expect(undocumented(task)).toEqual([]);
    });

    it('begin, where CloudFormation gives them, with that of the stack', () => {
      expect(
        documentedNames('AWS::CloudFormation::Stack').some((name) => name.test('redshift-elt-local')),
      ).toBe(true);
    });
  });
}
