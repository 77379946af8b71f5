import * as z from 'zod';
import { TargetSchema } from '../../data-api/target.ts';
import { findFaults } from '../../zod-issues.ts';
import { arnParameter, text } from './text-parameters.ts';

/**
 * Where a stage's statements run, and as whom: a cluster with a secret, a database user or IAM, or a workgroup with a
 * secret or IAM.
 */
export const TargetParametersSchema = z
  .object({
    clusterIdentifier: text().optional(),
    workgroupName: text().optional(),
    /** Holds an identifier that the name does not tell; permissions are given for it. */
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
    message: 'is missing: name a cluster, or a workgroup in workgroupName',
    // Also where another one is missing: all are told at once.
    when: () => true,
  })
  .superRefine((parameters, context) => {
    if (!isSomewhere(parameters)) return;
    const problem = contradiction(parameters) ?? malformation(parameters);
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

function contradiction(parameters: TargetParameters): Problem | undefined {
  const { clusterIdentifier, workgroupName, workgroupArn, secretArn, secretKmsKeyArn, dbUser } = parameters;
  if (clusterIdentifier !== undefined && workgroupName !== undefined)
    return problem('workgroupName', 'cannot be there beside clusterIdentifier; "none" takes one away');
  if (workgroupName !== undefined && workgroupArn === undefined)
    return problem('workgroupArn', 'is missing: permissions need it beside workgroupName');
  if (clusterIdentifier !== undefined && workgroupArn !== undefined)
    return problem('workgroupArn', 'cannot be there beside clusterIdentifier; "none" takes one away');
  if (secretArn !== undefined && dbUser !== undefined)
    return problem('dbUser', 'cannot be there beside secretArn, which holds the user; "none" takes one away');
  if (workgroupName !== undefined && dbUser !== undefined)
    return problem('dbUser', 'cannot be there with a workgroup: its user is in secretArn, or comes from IAM');
  if (secretArn === undefined && secretKmsKeyArn !== undefined)
    return problem('secretKmsKeyArn', 'is of no use without secretArn');
  return undefined;
}

/** What the functions would refuse is refused here already: by the same schema. */
function malformation(parameters: TargetParameters): Problem | undefined {
  const parsed = TargetSchema.safeParse(targetOf(parameters));
  if (parsed.success) return undefined;
  const [fault] = parsed.error.issues.flatMap(findFaults);
  return problem(String(fault?.path[0] ?? 'database'), fault?.reason ?? 'is not valid');
}

/** The target without what only permissions need. */
function targetOf({ clusterIdentifier, workgroupName, database, secretArn, dbUser }: TargetParameters) {
  const given = { clusterIdentifier, workgroupName, database, secretArn, dbUser };
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
}

function problem(parameter: string, message: string): Problem {
  return { path: [parameter], message };
}
