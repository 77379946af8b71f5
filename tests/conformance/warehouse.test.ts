import { describeAudits } from './describe-audits.ts';
import { describeDataApi } from './describe-data-api.ts';
import { describeDms } from './describe-dms.ts';
import { localDataApi } from './local-data-api.ts';
import { localDms } from './local-dms.ts';
import { modelDataApi, modelDms } from './model-warehouse.ts';

describeDataApi('of the local AWS', localDataApi);
describeDataApi('of the simulation', modelDataApi);
describeAudits('of the local AWS', localDataApi);
describeAudits('of the simulation', modelDataApi);
describeDms('of the local AWS', localDms);
describeDms('of the simulation', modelDms);
