import { AwsError } from '../../aws-error.ts';
import { LOCAL_ACCOUNT, LOCAL_REGION } from '../../contracts.ts';

/** One local function: which file holds its handler, and the settings a deployment would give it. */
export interface FunctionSpec {
  readonly name: string;
  /** The handler's file; the real source, TypeScript or JavaScript. */
  readonly module: URL | string;
  /** Name of the exported handler. @default 'handler' */
  readonly handlerName?: string;
  /** @default 3 */
  readonly timeoutSeconds?: number;
  /** Shown to the handler; the local runtime does not enforce it. @default 128 */
  readonly memoryMb?: number;
  /** Variables beside those that Lambda defines. */
  readonly environment?: Readonly<Record<string, string>>;
  /** Queue that receives the record of an asynchronous invocation whose retries are used up. */
  readonly onFailureQueueArn?: string;
}

export const LATEST = '$LATEST';

/** The unqualified ARN of a local function. */
export function functionArn(name: string): string {
  return `arn:aws:lambda:${LOCAL_REGION}:${LOCAL_ACCOUNT}:function:${name}`;
}

/** A function reference taken apart: `name`, `name:qualifier`, `account:function:name`, or an ARN. */
export interface FunctionReference {
  readonly region: string;
  readonly account: string;
  readonly name: string;
  readonly qualifier: string | undefined;
}

const REFERENCE =
  /^(?:arn:aws[a-zA-Z-]*:lambda:)?(?:([a-z]{2}(?:-gov|-iso[a-z]?)?-[a-z]+-\d):)?(?:(\d{12}):)?(?:function:)?([a-zA-Z0-9_.-]+)(?::(\$LATEST(?:\.PUBLISHED)?|[a-zA-Z0-9_-]+))?$/;

/**
 * Takes a FunctionName parameter apart.
 * @throws AwsError ValidationException where the text is no function reference
 * @see https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html
 */
function parseFunctionName(text: string): FunctionReference {
  const match = text.length <= 256 ? REFERENCE.exec(text) : null;
  const name = match?.[3];
  if (name === undefined) {
    const message = `1 validation error detected: Value '${text}' at 'functionName' failed to satisfy constraint: Member must satisfy regular expression pattern`;
    throw new AwsError('ValidationException', message);
  }
  const [, region = LOCAL_REGION, account = LOCAL_ACCOUNT, , qualifier] = match ?? [];
  return { region, account, name, qualifier };
}

/** Finds functions by name, partial ARN or ARN, with or without a qualifier. */
export interface FunctionCatalogue {
  readonly all: readonly FunctionSpec[];
  /** @throws AwsError ResourceNotFoundException, InvalidParameterValueException, ValidationException */
  find(functionName: string, qualifier?: string): FunctionSpec;
}

/** A catalogue over a fixed list. @throws Error where two functions share a name */
export function createFunctionCatalogue(functions: readonly FunctionSpec[]): FunctionCatalogue {
  const byName = new Map(functions.map((spec) => [spec.name, spec]));
  if (byName.size !== functions.length) throw new Error('two local functions have the same name');
  return {
    all: functions,
    find(functionName, qualifier) {
      const reference = parseFunctionName(functionName);
      if (reference.region !== LOCAL_REGION) throw unreachable(reference);
      const version = agreeOnQualifier(reference.qualifier, qualifier);
      const spec = byName.get(reference.name);
      if (spec && reference.account === LOCAL_ACCOUNT && (version === undefined || version === LATEST))
        return spec;
      throw notFound(reference, version);
    },
  };
}

function agreeOnQualifier(inName: string | undefined, asked: string | undefined): string | undefined {
  if (inName !== undefined && asked !== undefined && inName !== asked) {
    const message = 'The derived qualifier from the function name does not match the specified qualifier.';
    throw new AwsError('InvalidParameterValueException', message);
  }
  return inName ?? asked;
}

/** In the words of recorded answers. The Region is that of the local functions' ARNs: a client may sign for any. */
function unreachable({ region }: FunctionReference): AwsError {
  const message = `Functions from '${region}' are not reachable in this region ('${LOCAL_REGION}')`;
  return new AwsError('ResourceNotFoundException', message, 404);
}

function notFound(reference: FunctionReference, qualifier: string | undefined): AwsError {
  const arn = `arn:aws:lambda:${LOCAL_REGION}:${reference.account}:function:${reference.name}`;
  const suffix = qualifier === undefined ? '' : `:${qualifier}`;
  return new AwsError('ResourceNotFoundException', `Function not found: ${arn}${suffix}`, 404);
}

/** A function as ListFunctions describes it. */
export function functionConfiguration(spec: FunctionSpec): object {
  return {
    FunctionName: spec.name,
    FunctionArn: functionArn(spec.name),
    Runtime: 'nodejs24.x',
    Handler: `${spec.name}.${spec.handlerName ?? 'handler'}`,
    Description: '',
    Timeout: spec.timeoutSeconds ?? 3,
    MemorySize: spec.memoryMb ?? 128,
    Version: LATEST,
    Environment: { Variables: { ...spec.environment } },
    State: 'Active',
    LastUpdateStatus: 'Successful',
    PackageType: 'Zip',
  };
}
