import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { Command } from 'commander';
import { type Browser, chromium } from 'playwright-core';
import { runCommand } from '../src/cli/run-command.ts';
import { renderReport } from '../src/report/html/run-page.ts';
import { findChromium } from '../tests/fixtures/runner/find-chromium.ts';
import { digestPages, type PictureName } from './pictures/shown-pages.ts';
import { takeRuns } from './pictures/take-runs.ts';

const FOLDER = fileURLToPath(new URL('../docs/pictures/', import.meta.url));
const SCHEMES = ['light', 'dark'] as const;
const WIDTH = 1_200;
/** So much of each page is shown, in pixels. */
const HEIGHTS: Readonly<Record<PictureName, number>> = { report: 1_060, failure: 900, console: 720 };
/** Of WebP, 0 to 100. */
const QUALITY = 75;

const command = new Command('npm run pictures')
  .description(
    'Takes the pictures of README and docs, of real runs on a local AWS. It needs a Chromium; CHROMIUM=PATH names one.',
  )
  .action(takePictures);

async function takePictures(): Promise<void> {
  const executablePath = findChromium(process.env);
  if (executablePath === undefined) throw new Error('no Chromium was found; CHROMIUM=PATH names one');
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
  const temporary = await mkdtemp(join(tmpdir(), 'elt-pictures-'));
  await mkdir(FOLDER, { recursive: true });
  try {
    const { published, failed } = await takeRuns(async (url) => picture(browser, 'console', url));
    for (const [name, report] of [
      ['report', published],
      ['failure', failed],
    ] as const) {
      const page = join(temporary, `${name}.html`);
      await writeFile(page, renderReport(report));
      await picture(browser, name, pathToFileURL(page).href);
    }
    const runs = JSON.stringify({ published, failed });
    await writeFile(join(FOLDER, 'runs.json'), `${runs}\n`);
    // As the test reads them.
    const digests = digestPages(JSON.parse(runs));
    await writeFile(join(FOLDER, 'shown.json'), `${JSON.stringify(digests, undefined, 2)}\n`);
  } finally {
    await browser.close();
    await rm(temporary, { recursive: true });
  }
}

/** One picture of a page in each colour scheme. */
async function picture(browser: Browser, name: PictureName, url: string): Promise<void> {
  for (const colorScheme of SCHEMES) {
    const page = await browser.newPage({ viewport: { width: WIDTH, height: HEIGHTS[name] }, colorScheme });
    await page.goto(url);
    const devtools = await page.context().newCDPSession(page);
    const { data } = await devtools.send('Page.captureScreenshot', { format: 'webp', quality: QUALITY });
    const file = `${name}-${colorScheme}.webp`;
    await writeFile(join(FOLDER, file), Buffer.from(data, 'base64'));
    process.stdout.write(`docs/pictures/${file}\n`);
    await page.close();
  }
}

await runCommand(command);
