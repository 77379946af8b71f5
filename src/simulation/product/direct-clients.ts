import { AwsError } from '../../local/parts.ts';
import { decodeAnswer } from '../aws/decode-answer.ts';
import type { Clients } from './functions.ts';

/** Makes a call of the API by its name. Answers as on the wire. @throws AwsError */
export type ApiCall = (name: string, input: object) => Promise<object>;

/** Stands for all of the SDK's clients: what they `send` goes to the models at once. */
export function createDirectClients(call: ApiCall): Clients {
  const send = async (command: {
    readonly input: object;
    readonly constructor: { readonly name: string };
  }) => {
    const name = command.constructor.name.replace(/Command$/, '');
    try {
      return decodeAnswer(await call(name, command.input));
    } catch (error) {
      throw error instanceof AwsError ? sdkError(error) : error;
    }
  };
  const client = { send } as unknown;
  return {
    api: client as Clients['api'],
    dms: client as Clients['dms'],
    sfn: client as Clients['sfn'],
    sns: client as Clients['sns'],
  };
}

function sdkError(error: AwsError): AwsError {
  return Object.assign(error, { $metadata: { httpStatusCode: error.status } });
}
