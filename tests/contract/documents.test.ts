import { readdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { withCosts } from '../../scripts/cost-table.ts';
import { errorsDocument } from '../../scripts/errors-document.ts';
import { localAwsDocument } from '../../scripts/local-aws-document.ts';
import { withClasses } from '../../scripts/plan-classes.ts';
import { DETAILED_METRICS, FUNCTION_MEMORY_MB } from '../../src/compile/cost/monthly-cost.ts';
import { PARAMETER_NAMES } from '../../src/compile/stage/stage-parameters.ts';
import { readDeployedService } from '../../src/local-stage/service-file.ts';
import { withFigures } from '../bench/render.ts';

const read = (file: string) => readFile(new URL(`../../${file}`, import.meta.url), 'utf8');

describe('documents', () => {
  it('docs/local-aws.md is what the support tables say: npm run docs writes it', async () => {
    expect(await read('docs/local-aws.md')).toBe(localAwsDocument());
  });

  it('docs/errors.md is what the table of errors says: npm run docs writes it', async () => {
    expect(await read('docs/errors.md')).toBe(errorsDocument());
  });

  it('docs/costs.md has the costs that the price table comes to: npm run docs writes them', async () => {
    const page = await read('docs/costs.md');

    expect(withCosts(page)).toBe(page);
  });

  it('docs/benchmarks.md has the figures of docs/benchmarks.json: npm run bench writes both', async () => {
    const page = await read('docs/benchmarks.md');

    expect(withFigures(page, JSON.parse(await read('docs/benchmarks.json')))).toBe(page);
  });

  it('the costs are those of the memory that serverless.yml deploys', () => {
    const { provider, functions } = readDeployedService();
    const own = Object.values(functions).flatMap(({ memorySize }) => memorySize ?? []);

    expect({ memory: provider.memorySize, own }).toEqual({ memory: FUNCTION_MEMORY_MB, own: [] });
  });

  it('docs/plan.md has the class of every kind of change: npm run docs writes them', async () => {
    const page = await read('docs/plan.md');

    expect(withClasses(page)).toBe(page);
  });

  it('docs/deploy.md has every parameter in its table, and no other', async () => {
    const page = await read('docs/deploy.md');
    const table = page.slice(page.indexOf('## Parameters'), page.indexOf('## Who deploys'));
    const rows = table.split('\n').filter((line) => line.startsWith('| `'));
    const named = rows.flatMap((row) =>
      [...(row.split('|')[1] ?? '').matchAll(/`(\w+)`/g)].map(([, name]) => name),
    );

    expect(named.toSorted()).toEqual([...PARAMETER_NAMES].toSorted());
  });

  it('README.md is read in one sitting, and its pages are all there', async () => {
    const readme = await read('README.md');
    const pages = (await readdir(new URL('../../docs/', import.meta.url))).filter((file) =>
      file.endsWith('.md'),
    );

    expect(readme.split('\n').length).toBeLessThanOrEqual(150);
    for (const page of pages) expect(readme, page).toContain(`(docs/${page}`);
  });

  it('links lead to pages and headings that exist', async () => {
    const pages = (await readdir(new URL('../../docs/', import.meta.url))).map((file) => `docs/${file}`);
    const broken: string[] = [];
    for (const from of ['README.md', 'AGENTS.md', ...pages.filter((file) => file.endsWith('.md'))]) {
      for (const [, link = ''] of (await read(from)).matchAll(/\]\((?!https?:)([^)]+)\)/g)) {
        const [path = '', heading] = link.split('#');
        const target = path === '' ? from : join(dirname(from), path);
        const text = await read(target).catch(() => undefined);
        if (text === undefined || (heading !== undefined && !headings(text).includes(heading)))
          broken.push(`${from}: ${link}`);
      }
    }

    expect(broken).toEqual([]);
  });

  it('the costs count every metric that a function writes for detailedMetrics', async () => {
    const folder = new URL('../../handlers/', import.meta.url);
    const sources = await Promise.all((await readdir(folder)).map((file) => read(`handlers/${file}`)));
    const written = [
      ...sources,
      await read('src/aws/lambda-handler.ts'),
      await read('src/aws/run-metrics.ts'),
    ].flatMap((source) =>
      [...source.matchAll(/\.addMetric\(([^;]*?), '(?:Count|Milliseconds|Seconds)'/gs)].flatMap(
        ([, names = '']) => [...names.matchAll(/'([A-Z]\w+)'/g)].map(([, name]) => name),
      ),
    );

    // Written only while something is wrong, because alarms look at them.
    const watched = ['SweepsFailed', 'CompanionsMissing', 'LoadsOverdue'];
    const ofStage = [...new Set(written)].filter((name = '') => !watched.includes(name));
    expect(ofStage.toSorted()).toEqual([...DETAILED_METRICS].toSorted());
  });
});

/** Anchors of a page's headings, as GitHub makes them. */
function headings(text: string): readonly string[] {
  return [...text.matchAll(/^#+ (.+)$/gm)].map(([, title = '']) =>
    title
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  );
}
