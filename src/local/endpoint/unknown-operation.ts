import { AwsError } from '../aws-error.ts';
import type { Operation, Service } from '../contracts.ts';

/**
 * The operation of a service, by name.
 * @throws AwsError UnknownOperationException, with the operations that there are
 */
export function findOperation(service: Service, operation: string): Operation {
  if (Object.hasOwn(service.operations, operation)) return service.operations[operation] as Operation;
  const supported = Object.keys(service.operations).join(', ');
  throw unknownOperation(
    `The local ${service.name} has no operation ${operation || '(none named)'}. Supported: ${supported}.`,
  );
}

/** For a request that no service takes. */
export function unknownService(wanted: string, services: readonly Service[]): AwsError {
  const supported = services.map((service) => service.name).join(', ');
  return unknownOperation(`No local service takes ${wanted}. Supported services: ${supported}.`);
}

const unknownOperation = (message: string) => new AwsError('UnknownOperationException', message);
