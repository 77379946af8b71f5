/** Publishes what it is told about to the topic, through the endpoint that its environment names. */
export async function handler(event: {
  readonly 'detail-type': string;
  readonly detail: { readonly number: number };
}) {
  const body = new URLSearchParams({
    Action: 'Publish',
    Version: '2010-03-31',
    TopicArn: 'arn:aws:sns:us-east-1:000000000000:notifications',
    Subject: event['detail-type'],
    Message: `number ${event.detail.number}`,
  });
  const response = await fetch(process.env.AWS_ENDPOINT_URL ?? '', { method: 'POST', body });
  return response.status;
}
