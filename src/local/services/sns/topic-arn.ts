import { LOCAL_ACCOUNT, LOCAL_REGION } from '../../contracts.ts';

/** ARN of a topic of the local SNS. */
export function snsTopicArn(name: string): string {
  return `arn:aws:sns:${LOCAL_REGION}:${LOCAL_ACCOUNT}:${name}`;
}
