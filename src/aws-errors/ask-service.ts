import { InvalidConfig, ServiceUnavailable } from '../errors/errors.ts';
import { awsErrorName, describeAwsError, isRefusal } from './transient-error.ts';

/** A call of an AWS service other than the Data API. */
export interface ServiceCall {
  /** As people call it, e.g. `Step Functions`. */
  readonly service: string;
  /** The operation and what it is about, e.g. `ListExecutions of arn:…`. */
  readonly operation: string;
  /** Names of errors that are answers to the caller. */
  readonly expected?: readonly string[];
  /** What a person does about a refusal, by the error's name. */
  readonly advice?: Readonly<Record<string, string>>;
}

/**
 * Calls a service and gives its failure a type: who failed, in which operation, and whether it may succeed later.
 * @throws ServiceUnavailable when it may, or when nobody knows; InvalidConfig when the service refuses the call; the error
 * itself where it is expected
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
