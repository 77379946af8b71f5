import { stageEnvironment } from '../../local-stage/local-stage.ts';

/**
 * What the handlers' modules read when they are loaded. A world gives each function its own settings and clients; logs and
 * metrics go nowhere.
 */
const ENVIRONMENT: Readonly<Record<string, string>> = {
  ...stageEnvironment([]),
  AWS_REGION: 'us-east-1',
  POWERTOOLS_LOG_LEVEL: 'SILENT',
  POWERTOOLS_METRICS_DISABLED: 'true',
};

for (const [name, value] of Object.entries(ENVIRONMENT)) process.env[name] ??= value;
