import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { localAwsDocument } from '../../src/cli/local-aws-document.ts';

const read = (file: string) => readFile(new URL(`../../${file}`, import.meta.url), 'utf8');

describe('documents', () => {
  it('docs/local-aws.md is what the support tables say: npm run docs writes it', async () => {
    expect(await read('docs/local-aws.md')).toBe(localAwsDocument());
  });
});
