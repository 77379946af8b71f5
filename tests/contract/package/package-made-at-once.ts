import { readFileSync } from 'node:fs';
import { expect } from 'vitest';
import { parse } from 'yaml';
import { createStage } from '../../../src/compile/stage/stage.ts';
import { stageEnvironment } from '../../../src/compile/stage/stage-environment.ts';
import { readStageParameters } from '../../../src/compile/stage/stage-parameters.ts';
import type { Pipeline } from '../../../src/definition/pipeline.ts';
import { frameworkResources } from '../../../src/plan/template/framework-resources.ts';
import type { Template } from '../../fixtures/package/cloudformation/template.ts';

const SERVICE = new URL('../../../serverless.yml', import.meta.url);

/** What npm run plan makes of serverless.yml in a moment is what the framework makes of it, but for the archives. */
export function expectMadeAtOnce(
  template: Template,
  parameters: Readonly<Record<string, string>>,
  pipelines: readonly Pipeline[],
): void {
  const named = { service: 'redshift-elt', stage: 'local', region: 'us-east-1' };
  const file = parse(readFileSync(SERVICE, 'utf8'), { logLevel: 'error' });
  const given = readStageParameters({ ...file.params.default, ...file.params.local, ...parameters });
  const stage = createStage({ ...named, pipelines, parameters: given });

  const { resources, unresolved } = frameworkResources(file, {
    ...{ stage: 'local', region: 'us-east-1', logRetentionDays: given.logRetentionDays },
    environment: { ...stageEnvironment(stage) },
  });

  expect(unresolved).toEqual([]);
  for (const [id, made] of Object.entries(resources)) {
    const { Code: _, ...Properties } = template.Resources[id]?.Properties ?? {};
    expect({ ...template.Resources[id], Properties }, id).toEqual(made);
  }
  const functions = Object.values(template.Resources).filter(({ Type }) => Type === 'AWS::Lambda::Function');
  expect(Object.keys(resources)).toHaveLength(2 * functions.length);
}
