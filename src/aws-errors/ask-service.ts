import { InvalidConfig, ServiceUnavailable } from '../errors/errors.ts';
import { awsErrorName, describeAwsError, isRefusal } from './transient-error.ts';

/** A call of an AWS service other than the Data API. */
export interface ServiceCall {
  /** The service's name for people, e.g. `Step Functions`. */
  readonly service: string;
  /** The operation and its subject, e.g. `ListExecutions of arn:…`. */
  readonly operation: string;
  /** Names of errors that are answers to the caller. */
  readonly expected?: readonly string[];
  /** What a person should do about a refusal, by the error's name. */
  readonly advice?: Readonly<Record<string, string>>;
}

/**
 * Calls a service and turns its failure into a typed error, which names the service and the operation.
 * @throws ServiceUnavailable when the call may succeed later, or when that is not known; InvalidConfig when the
 * service refuses the call; the error itself if it is expected
 */
export async function askService<Answer>(
  { service, operation, expected = [], advice = {} }: ServiceCall,
  ask: () => Promise<Answer>,
): Promise<Answer> {
  try {
    return await ask();
  } catch (error) {
    const name = awsErrorName(error);
    if (expected.includes(name)) throw error;
    const said = describeAwsError(error);
    if (!isRefusal(error)) {
      throw new ServiceUnavailable(`${service} cannot answer ${operation} now: ${said}`, { cause: error });
    }
    const hint = advice[name] ?? 'Correct the setting or the permission of the function, and deploy.';
    throw new InvalidConfig(`${service} refused ${operation}: ${said}. ${hint}`, { cause: error });
  }
}
