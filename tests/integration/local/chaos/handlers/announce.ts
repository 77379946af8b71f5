/** Publishes the event's id to the topic, through the endpoint that its environment names, and fails when that fails. */
export async function handler({ id }: { readonly id: string }) {
  const body = new URLSearchParams({
    Action: 'Publish',
    Version: '2010-03-31',
    TopicArn: 'arn:aws:sns:us-east-1:000000000000:redshift-elt-local-notifications',
    Message: id,
  });
  const response = await fetch(process.env.AWS_ENDPOINT_URL ?? '', { method: 'POST', body });
  if (!response.ok) throw new Error(await response.text());
  return response.status;
}
