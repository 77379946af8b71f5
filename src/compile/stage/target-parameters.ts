import * as z from 'zod';
import { findTargetFault } from '../../data-api/target.ts';
import { arnParameter, text } from './text-parameters.ts';

/**
 * Where a stage's statements run, and as whom: a cluster with a secret, a database user or IAM, or a workgroup with a
 * secret or IAM.
 */
export const TargetParametersSchema = z
  .object({
    clusterIdentifier: text().optional(),
    workgroupName: text().optional(),
    /** The ARN holds an ID that the name does not tell. Permissions are given for the ARN. */
    workgroupArn: arnParameter(
      'redshift-serverless',
      'workgroup/[A-Za-z0-9-]+',
      'a Redshift Serverless workgroup',
    ).optional(),
    database: text('is missing: the database that holds staging and production'),
    secretArn: text().optional(),
    /** The customer's own key of the secret. */
    secretKmsKeyArn: arnParameter('kms', 'key/[A-Za-z0-9-]+', 'a KMS key').optional(),
    dbUser: text().optional(),
  })
  .refine(isSomewhere, {
    path: ['clusterIdentifier'],
    message: 'is missing: name a cluster here, or a workgroup in workgroupName',
    // Also where another one is missing: all are told at once.
    when: () => true,
  })
  .superRefine((parameters, context) => {
    if (!isSomewhere(parameters)) return;
    const problem = findProblem(parameters);
    if (problem !== undefined) context.addIssue({ code: 'custom', ...problem });
  });

export type TargetParameters = z.infer<typeof TargetParametersSchema>;

function isSomewhere({
  clusterIdentifier,
  workgroupName,
}: {
  readonly clusterIdentifier?: unknown;
  readonly workgroupName?: unknown;
}): boolean {
  return clusterIdentifier !== undefined || workgroupName !== undefined;
}

interface Problem {
  readonly path: string[];
  readonly message: string;
}

/** Refuses what the functions would refuse, and parameters for permissions that do not fit the target. */
function findProblem(parameters: TargetParameters): Problem | undefined {
  const { clusterIdentifier, workgroupName, workgroupArn, secretArn, secretKmsKeyArn } = parameters;
  const { database, dbUser } = parameters;
  const fault = findTargetFault({ clusterIdentifier, workgroupName, database, secretArn, dbUser });
  if (fault?.isContradiction) return problem(fault.part, `${fault.reason}; ${TAKEN_AWAY}`);
  if (workgroupName !== undefined && workgroupArn === undefined)
    return problem('workgroupArn', 'is missing: permissions need it together with workgroupName');
  if (clusterIdentifier !== undefined && workgroupArn !== undefined)
    return problem('workgroupArn', `cannot be set together with clusterIdentifier; ${TAKEN_AWAY}`);
  if (secretArn === undefined && secretKmsKeyArn !== undefined)
    return problem('secretKmsKeyArn', 'has no effect without secretArn');
  return fault && problem(fault.part, fault.reason);
}

const TAKEN_AWAY = 'set one of the two to "none"';

function problem(parameter: string, message: string): Problem {
  return { path: [parameter], message };
}
