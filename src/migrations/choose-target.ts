import { type Target, TargetSchema } from '../data-api/target.ts';
import { InvalidConfig } from '../errors/errors.ts';
import { findFaults } from '../zod-issues.ts';
import type { StageParameters } from './stage-parameters.ts';

/** What a target is made of, each part as the command line gives it. */
export interface TargetFlags {
  readonly clusterIdentifier?: string;
  readonly workgroupName?: string;
  readonly database?: string;
  readonly secretArn?: string;
  readonly dbUser?: string;
}

/** The same, with the user whom the files call runtime. */
export type MigrateTargetFlags = TargetFlags & { readonly runtimeUser?: string };

/** The flag for each part. */
const FLAGS: Readonly<Record<keyof TargetFlags, string>> = {
  clusterIdentifier: '--cluster-identifier',
  workgroupName: '--workgroup-name',
  database: '--database',
  secretArn: '--secret-arn',
  dbUser: '--db-user',
};

/**
 * Chooses where migrations run, and as whom: what flags say, and where they say nothing, what the stage's parameters say.
 * Flags for the warehouse take the place of all parameters for it, and so do flags for the user. The parameter `dbUser`
 * is the user who runs the pipelines and has no right to create anything: `owner` takes that one's place. The parameter
 * `secretArn` holds that user, too: it is taken only for somebody who says whom it holds.
 * @throws InvalidConfig naming the parameter that is missing or malformed
 */
export function chooseTarget(
  flags: MigrateTargetFlags,
  { stage, values }: StageParameters,
  owner: string,
): Target {
  const warehouse = chosen(flags, values, ['clusterIdentifier', 'workgroupName']);
  // A workgroup has no users with temporary credentials: that of the stage's cluster is left with it.
  const { dbUser, ...others } = values;
  const hasDbUser = dbUser !== undefined && flags.workgroupName === undefined;
  const user = chosen(flags, hasDbUser ? { ...others, dbUser: owner } : others, ['secretArn', 'dbUser']);
  const parts: TargetFlags = { ...warehouse, ...chosen(flags, values, ['database']), ...user };
  const problem =
    missing(parts, stage) ?? unresolved(parts) ?? malformed(parts) ?? ofRuntime(flags, parts, stage);
  if (problem !== undefined) throw new InvalidConfig(problem);
  return TargetSchema.parse(parts);
}

function chosen(
  flags: TargetFlags,
  values: Readonly<Record<string, string>>,
  names: readonly (keyof TargetFlags)[],
): TargetFlags {
  const source = names.some((name) => flags[name] !== undefined) ? flags : values;
  return Object.fromEntries(
    names.flatMap((name) => (source[name] === undefined ? [] : [[name, source[name]]])),
  );
}

function missing(
  { clusterIdentifier, workgroupName, database }: TargetFlags,
  stage: string,
): string | undefined {
  const where = `under params.${stage} in serverless.yml, or pass`;
  if (clusterIdentifier === undefined && workgroupName === undefined)
    return `parameter clusterIdentifier: is missing: name it, or workgroupName, ${where} ${FLAGS.clusterIdentifier} or ${FLAGS.workgroupName}`;
  if (database === undefined) return `parameter database: is missing: name it ${where} ${FLAGS.database}`;
  return undefined;
}

/** Only the Serverless Framework resolves its variables. */
function unresolved(parts: TargetFlags): string | undefined {
  const [name, value] = Object.entries(parts).find(([, text]) => text.includes('${')) ?? [];
  if (name === undefined) return undefined;
  return `parameter ${name}: "${value}" is not resolved here: pass ${FLAGS[name as keyof TargetFlags]}`;
}

function malformed(parts: TargetFlags): string | undefined {
  const { clusterIdentifier, workgroupName, secretArn, dbUser } = parts;
  if (clusterIdentifier !== undefined && workgroupName !== undefined)
    return 'parameter workgroupName: cannot be there beside clusterIdentifier';
  if (secretArn !== undefined && dbUser !== undefined)
    return 'parameter dbUser: cannot be there beside secretArn, which holds the user';
  if (workgroupName !== undefined && dbUser !== undefined)
    return 'parameter dbUser: cannot be there with a workgroup: its user is in secretArn, or comes from IAM';
  const { error } = TargetSchema.safeParse(parts);
  const [fault] = error?.issues.flatMap(findFaults) ?? [];
  return fault && `parameter ${String(fault.path[0] ?? 'clusterIdentifier')}: ${fault.reason}`;
}

/** Whoever migrates owns everything; the pipelines' user is to have no more than its grants. */
function ofRuntime(flags: MigrateTargetFlags, { secretArn }: TargetFlags, stage: string): string | undefined {
  if (secretArn === undefined || flags.secretArn !== undefined || flags.runtimeUser !== undefined)
    return undefined;
  return `parameter secretArn: of stage ${stage} holds the user who runs the pipelines: pass ${FLAGS.secretArn} for the user who migrates, or --runtime-user to migrate as that user all the same`;
}
