import { BroadcastChannel } from 'node:worker_threads';

/** Answers when it is released through the channel that the event names. */
export async function handler(event: { readonly channel: string }): Promise<string> {
  const channel = new BroadcastChannel(event.channel);
  return new Promise((resolve) => {
    channel.onmessage = () => {
      channel.close();
      resolve('released');
    };
    channel.postMessage('waiting');
  });
}
