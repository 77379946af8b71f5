import { describe, expect, it } from 'vitest';
import { LINKS, type PagePlace, pathOf, readPlace } from '../../../src/console/place.ts';

const PLACES: readonly PagePlace[] = [
  { page: 'home' },
  { page: 'home', gone: '20261124T134512000Z-x?&#<>/' },
  { page: 'sql' },
  { page: 'queues' },
  { page: 'pipeline', name: 'load-orders' },
  { page: 'run', machine: 'load-orders-local', name: 'Übernahme von Hand / 100 %' },
];

describe('places', () => {
  it.each(PLACES)('are found at their address: %o', (place) => {
    expect(readPlace(pathOf(place))).toEqual(place);
  });

  it.each([
    '/health',
    '/console/nothing',
    '/console/runs/machine',
    '/console/runs/machine/run/more',
    '/console/runs/%ff/run',
    '/console/pipelines/%',
    '//evil.example/console/sql',
    '',
  ])('are none at %j', (path) => {
    expect(readPlace(path)).toBeUndefined();
  });

  it('of a run follow from its ARN', () => {
    expect(LINKS.run('arn:aws:states:us-east-1:000000000000:execution:load-orders-local:a')).toBe(
      '/console/runs/load-orders-local/a',
    );
  });
});
