const SERVICES: Readonly<Record<string, readonly Support[]>> = {
  'redshift-data': REDSHIFT_DATA_SUPPORT,
  stepfunctions: STEP_FUNCTIONS_SUPPORT,
  dms: DMS_SUPPORT,
  events: EVENTS_SUPPORT,
  lambda: LAMBDA_SUPPORT,
  sqs: SQS_SUPPORT,
  sns: SNS_SUPPORT,
};

const INTRODUCTION = `# The local AWS

\`npm run local\` answers an unmodified AWS CLI or SDK on one loopback endpoint. This page says what it does, what it does
differently from AWS, and what it refuses by name. \`npm run docs\` generates it from the support tables in the code, and
tests compare the tables with the code.

- **supported**: it does what AWS does, as far as AWS's documentation and recorded answers tell.
- **partial** or **differs**: the note says how it differs.
- **refused**: it answers an error that names the operation or the part. Nothing is ignored in silence.

The same address shows the [console](by-hand.md#the-console) to a browser. \`/health\` lists the services and their operations.

If AWS does not define a value, the local AWS answers the least useful one, so that no code comes to rely on it.
`;

/** The text of docs/local-aws.md, made from the support tables of the local services. */
export function localAwsDocument(): string {
  const services = Object.entries(SERVICES).map(([name, rows]) =>
    section(
      name,
      ['operation', 'part', 'status', 'note'],
      rows.map(({ operation, field = '', status, note = '' }) => [operation, field, status, note]),
    ),
  );
  const engine = section(
    'State machines',
    ['area', 'feature', 'status', 'note'],
    ENGINE_SUPPORT.map(({ area, feature, status, note }) => [area, feature, status, note]),
  );
  const warehouse = section(
    'Redshift SQL',
    ['feature', 'status', 'note'],
    WAREHOUSE_SUPPORT.map(({ feature, status, note = '' }) => [feature, status, note]),
  );
  return [INTRODUCTION, ...services, engine, warehouse].join('\n');
}

function section(title: string, columns: readonly string[], rows: readonly (readonly string[])[]): string {
  const lines = [columns, columns.map(() => '---'), ...rows.map((row) => row.map(escapeCell))];
  return `## ${title}\n\n${lines.map((cells) => `| ${cells.join(' | ')} |`).join('\n')}\n`;
}

function escapeCell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll(/\s+/g, ' ');
}

import {
  DMS_SUPPORT,
  ENGINE_SUPPORT,
  EVENTS_SUPPORT,
  LAMBDA_SUPPORT,
  REDSHIFT_DATA_SUPPORT,
  SNS_SUPPORT,
  SQS_SUPPORT,
  STEP_FUNCTIONS_SUPPORT,
  type Support,
  WAREHOUSE_SUPPORT,
} from '../src/local/parts.ts';
