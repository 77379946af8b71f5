import { localMachineArn, localTaskArn } from '../../../src/local-stage/local-stage.ts';
import { pipelines } from '../../../src/pipelines/index.ts';
import { type PackagedService, packageService } from '../../fixtures/package/packaged-service.ts';
import { copyProject } from '../../fixtures/package/project-copy.ts';
import { type PackagedStack, startPackagedStack, TASK } from './packaged-stack.ts';

/** What the sample has not: a pipeline that waits for a second task. */
export const SECOND_TASK = 'second-dump-task';
const COMPANY = `
  import { definePipeline } from '../definition/define-pipeline.ts';

  export const added = [
    definePipeline({
      name: 'load-company',
      tasks: ['${TASK}', '${SECOND_TASK}'],
      stagedTables: ['dbo.fact_sales_stg'],
      steps: { Load_Company: { call: 'dbo.sp_load_cust_dim' } },
    }),
  ];
`;
export const COMPANY_MACHINE = localMachineArn('load-company');

/** The project as it is packaged with both pipelines, and the local stack that runs the bundles. */
export interface PackagedSample {
  readonly service: PackagedService;
  readonly packaged: PackagedStack;
  close(): Promise<void>;
}

export async function startPackagedSample(): Promise<PackagedSample> {
  const project = await copyProject();
  const added = await project.addPipelines('load-company.ts', COMPANY);
  const dmsTasks = Object.fromEntries([TASK, SECOND_TASK].map((task) => [task, localTaskArn(task)]));
  const service = await packageService(project.folder, {
    dmsTasks: JSON.stringify(dmsTasks),
    detailedMetrics: 'true',
  });
  const packaged = await startPackagedStack(service, [...pipelines, ...added]);
  return {
    service,
    packaged,
    close: async () => {
      await packaged.close();
      await service.remove();
      await project.remove();
    },
  };
}
