import { createTestLambda, testFunction } from './local-lambda.ts';

/** Functions whose handlers do what their event says, or cannot be loaded. */
export const { invoke, lines } = createTestLambda([
  testFunction('one'),
  testFunction('two', 'outcomes', { environment: { OWN: '2' }, memoryMb: 512 }),
  testFunction('rendezvous', 'rendezvous'),
  testFunction('fails-to-load', 'fails-to-load'),
  testFunction('no-handler', 'no-handler'),
  testFunction('with-callback', 'no-handler', { handlerName: 'withCallback' }),
  testFunction('not-exported', 'no-handler', { handlerName: 'nothing' }),
  testFunction('missing-import', 'missing-import'),
]);
