import { AwsError } from '../../aws-error.ts';
import { LOCAL_ACCOUNT, LOCAL_REGION } from '../../contracts.ts';

/** A standard queue of the local stack. */
export interface QueueSpec {
  readonly name: string;
  /** Seconds a received message stays hidden. @default 30 */
  readonly visibilityTimeoutSeconds?: number;
}

export function queueArn(name: string): string {
  return `arn:aws:sqs:${LOCAL_REGION}:${LOCAL_ACCOUNT}:${name}`;
}

/** SDKs send a queue's requests to the host of its URL, so it is the endpoint's own. */
export function queueUrl(endpointUrl: string, name: string): string {
  return `${endpointUrl.replace(/\/$/, '')}/${LOCAL_ACCOUNT}/${name}`;
}

/** The queue's name in a URL or ARN. The host does not count: a client may reach the endpoint by several names. */
export function queueName(urlOrArn: string): string {
  return urlOrArn.startsWith('arn:')
    ? (urlOrArn.split(':').at(-1) ?? '')
    : (urlOrArn.split('/').at(-1) ?? '');
}

export function queueDoesNotExist(): AwsError {
  return new AwsError('QueueDoesNotExist', 'The specified queue does not exist.');
}
