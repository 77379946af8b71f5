import { describe, expect, it } from 'vitest';
import { shortNameOf } from '../../../src/cli/pipeline-by-name.ts';
import { hintsAfterFailure, tryNext } from '../../../src/cli/screen/try-next.ts';
import { customerSales } from '../../../src/pipelines/customer-sales.ts';

describe('what to try next', () => {
  it('speaks of the sample’s flags only to those who load the sample', async () => {
    const lines = tryNext(customerSales, await shortNameOf(customerSales));

    expect(lines.join('\n')).toContain('npm run -s asl -- customer-sales ');
    expect(lines.join('\n')).toContain('npm start -- --sample as-published');
    expect(hintsAfterFailure(customerSales, 'as-published').join('\n')).toContain('customers exist');
  });
});
