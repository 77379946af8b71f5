import { describe, expect, it } from 'vitest';
import { assertDeployableTogether } from '../../../src/definition/assert-together.ts';
import { orders } from '../../fixtures/pipeline.ts';

const at = (definedAt: string) => ({ ...orders, definedAt });

describe('pipelines of one stage', () => {
  it('may not have one name: both places are named', () => {
    expect(() => assertDeployableTogether([at('src/pipelines/a.ts:4'), at('src/pipelines/b.ts:9')])).toThrow(
      /^src\/pipelines\/b\.ts:9: pipeline "load-orders": is also defined at src\/pipelines\/a\.ts:4\./,
    );
  });

  it('are each listed once', () => {
    expect(() => assertDeployableTogether([orders, orders])).toThrow(
      /pipeline "load-orders": is listed twice in src\/pipelines\/index\.ts/,
    );
    expect(() => assertDeployableTogether([orders])).not.toThrow();
  });
});
