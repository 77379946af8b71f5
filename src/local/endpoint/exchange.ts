import type { IncomingMessage } from 'node:http';
import type { AwsError } from '../aws-error.ts';
import type { Operation, Service } from '../contracts.ts';

/** What goes back over the wire. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** An operation that a request asked for, with its decoded input. */
export interface Call {
  readonly service: string;
  readonly operation: string;
  readonly run: Operation;
  readonly input: object;
}

/** One request in one protocol: how it is decoded, and how its answer is written. */
export interface Exchange {
  /** Bytes of body that the protocol takes. */
  readonly bodyLimit: number;
  /** @throws AwsError UnknownOperationException, SerializationException */
  decode(body: string): Call;
  writeResult(output: object, requestId: string): Answer;
  writeError(error: AwsError, requestId: string): Answer;
}

/** Recognises its own requests; undefined for those of another protocol. */
export type Protocol = (request: IncomingMessage, services: readonly Service[]) => Exchange | undefined;
