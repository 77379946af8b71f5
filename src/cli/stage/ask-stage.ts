import { InvalidConfig } from '../../errors/errors.ts';
import { createStageClients } from './stage-clients.ts';
import type { StagePlace } from './stage-place.ts';

/**
 * Asks the services of a stage, and lets their clients go.
 * @throws InvalidConfig when nothing listens at an endpoint that was named or assumed; what `ask` throws
 */
export async function askStage<Answer>(
  place: StagePlace,
  ask: (clients: ReturnType<typeof createStageClients>) => Promise<Answer>,
): Promise<Answer> {
  if (place.endpointUrl !== undefined) await assertListening(place.endpointUrl);
  const clients = createStageClients(place);
  try {
    return await ask(clients);
  } finally {
    clients.destroy();
  }
}

/** The SDK would try for a while, and then say less. */
async function assertListening(endpointUrl: string): Promise<void> {
  try {
    await fetch(endpointUrl, { method: 'HEAD' });
  } catch (error) {
    throw new InvalidConfig(
      `nothing answers at ${endpointUrl}. Start npm run local, name another address with --endpoint-url, or a deployed stage with --stage`,
      { cause: error },
    );
  }
}
