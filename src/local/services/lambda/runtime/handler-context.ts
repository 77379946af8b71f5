import type { InvokeMessage, WorkerFunction } from './messages.ts';

/**
 * The context object of one invocation, with the members that AWS's Node runtime gives it.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/nodejs-context.html
 */
export function handlerContext(fn: WorkerFunction, call: InvokeMessage): object {
  const deadline = performance.now() + call.remainingMs;
  return {
    callbackWaitsForEmptyEventLoop: true,
    functionName: fn.name,
    functionVersion: '$LATEST',
    invokedFunctionArn: fn.arn,
    memoryLimitInMB: String(fn.memoryMb),
    awsRequestId: call.requestId,
    logGroupName: fn.environment.AWS_LAMBDA_LOG_GROUP_NAME,
    logStreamName: fn.environment.AWS_LAMBDA_LOG_STREAM_NAME,
    clientContext: call.clientContext === undefined ? undefined : JSON.parse(call.clientContext),
    identity: undefined,
    getRemainingTimeInMillis: () => Math.max(0, Math.floor(deadline - performance.now())),
  };
}
