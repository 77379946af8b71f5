import type { RecordedEvent } from '../../engine/history.ts';

const DATA_MEMBERS = new Set(['input', 'output', 'parameters', 'assignedVariables']);

/** Events as GetExecutionHistory answers them; without execution data, inputs and outputs are left out. */
export function viewEvents(events: readonly RecordedEvent[], includeData: boolean): readonly object[] {
  return includeData ? events : events.map(withoutData);
}

function withoutData(event: RecordedEvent): object {
  return Object.fromEntries(
    Object.entries(event).map(([key, value]) => [key, typeof value === 'object' ? strip(value) : value]),
  );
}

function strip(details: object): object {
  return Object.fromEntries(Object.entries(details).filter(([key]) => !DATA_MEMBERS.has(key)));
}
