import { type JsonObject, LOCAL_ACCOUNT, LOCAL_REGION } from '../../contracts.ts';

/** An event as EventBridge hands it to targets. */
export interface BusEvent {
  readonly version: '0';
  readonly id: string;
  readonly 'detail-type': string;
  readonly source: string;
  readonly account: string;
  /** ISO 8601, whole seconds, UTC. */
  readonly time: string;
  readonly region: string;
  readonly resources: readonly string[];
  readonly detail: JsonObject;
}

/** What differs from event to event. */
export interface EventContent {
  readonly id: string;
  readonly source: string;
  readonly detailType: string;
  /** Epoch milliseconds. */
  readonly time: number;
  readonly resources: readonly string[];
  readonly detail: JsonObject;
}

/** @see https://docs.aws.amazon.com/eventbridge/latest/ref/overiew-event-structure.html */
export function busEvent({ id, source, detailType, time, resources, detail }: EventContent): BusEvent {
  return {
    version: '0',
    id,
    'detail-type': detailType,
    source,
    account: LOCAL_ACCOUNT,
    time: `${new Date(time).toISOString().slice(0, 19)}Z`,
    region: LOCAL_REGION,
    resources,
    detail,
  };
}
