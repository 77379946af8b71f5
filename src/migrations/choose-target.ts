import { findTargetFault, type Target, type TargetParts, TargetSchema } from '../data-api/target.ts';
import { InvalidConfig } from '../errors/errors.ts';

/** The parts of a target and the runtime user, as the command line gives them. */
export type MigrateTargetFlags = TargetParts & { readonly runtimeUser?: string };

/** A stage's parameters as written in serverless.yml: those of the stage override those of all stages. */
export interface WrittenParameters {
  readonly stage: string;
  readonly values: Readonly<Record<string, string>>;
}

/** The flag for each part. */
const FLAGS: Readonly<Record<keyof TargetParts, string>> = {
  clusterIdentifier: '--cluster-identifier',
  workgroupName: '--workgroup-name',
  database: '--database',
  secretArn: '--secret-arn',
  dbUser: '--db-user',
};

/**
 * Chooses where migrations run, and as which user. Flags come before the stage's parameters: a flag for the warehouse
 * replaces all parameters for the warehouse, and a flag for the user all parameters for the user. The parameter
 * `dbUser` is the runtime user, who may not create anything, so the owner takes its place. The parameter `secretArn`
 * holds the runtime user, too, so it is used only if a flag names that user.
 * @throws InvalidConfig naming the parameter that is missing or malformed
 */
export function chooseTarget(
  flags: MigrateTargetFlags,
  { stage, values }: WrittenParameters,
  owner: string,
): Target {
  const warehouse = chosen(flags, values, ['clusterIdentifier', 'workgroupName']);
  // A workgroup has no users with temporary credentials, so the dbUser of the stage's cluster is dropped.
  const { dbUser, ...others } = values;
  const hasDbUser = dbUser !== undefined && flags.workgroupName === undefined;
  const user = chosen(flags, hasDbUser ? { ...others, dbUser: owner } : others, ['secretArn', 'dbUser']);
  const parts: TargetParts = { ...warehouse, ...chosen(flags, values, ['database']), ...user };
  const problem =
    missing(parts, stage) ?? unresolved(parts) ?? malformed(parts) ?? ofRuntime(flags, parts, stage);
  if (problem !== undefined) throw new InvalidConfig(problem);
  return TargetSchema.parse(parts);
}

function chosen(
  flags: TargetParts,
  values: Readonly<Record<string, string>>,
  names: readonly (keyof TargetParts)[],
): TargetParts {
  const source = names.some((name) => flags[name] !== undefined) ? flags : values;
  return Object.fromEntries(
    names.flatMap((name) => (source[name] === undefined ? [] : [[name, source[name]]])),
  );
}

function missing(
  { clusterIdentifier, workgroupName, database }: TargetParts,
  stage: string,
): string | undefined {
  const where = `under params.${stage} in serverless.yml, or pass`;
  if (clusterIdentifier === undefined && workgroupName === undefined)
    return `parameter clusterIdentifier: is missing: set it, or workgroupName, ${where} ${FLAGS.clusterIdentifier} or ${FLAGS.workgroupName}`;
  if (database === undefined) return `parameter database: is missing: set it ${where} ${FLAGS.database}`;
  return undefined;
}

/** Only the Serverless Framework resolves its variables. */
function unresolved(parts: TargetParts): string | undefined {
  const [name, value] = Object.entries(parts).find(([, text]) => text.includes('${')) ?? [];
  if (name === undefined) return undefined;
  return `parameter ${name}: "${value}" is not resolved here: pass ${FLAGS[name as keyof TargetParts]}`;
}

function malformed(parts: TargetParts): string | undefined {
  const fault = findTargetFault(parts);
  return fault && `parameter ${fault.part}: ${fault.reason}`;
}

/** The user who migrates owns everything. The runtime user must have no more than its grants. */
function ofRuntime(flags: MigrateTargetFlags, { secretArn }: TargetParts, stage: string): string | undefined {
  if (secretArn === undefined || flags.secretArn !== undefined || flags.runtimeUser !== undefined)
    return undefined;
  return `parameter secretArn: the secret of stage ${stage} holds the user who runs the pipelines. Pass ${FLAGS.secretArn} for the user who migrates, or --runtime-user to migrate as that user all the same`;
}
