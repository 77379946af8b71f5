import { globSync, readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { findChromium } from './tests/fixtures/runner/find-chromium.ts';
import { memoryFolder } from './tests/fixtures/runner/memory-folder.ts';

const TMPDIR = process.env.TMPDIR ?? memoryFolder();

const env = {
  // Commands that tests start have it compiled already.
  NODE_COMPILE_CACHE: fileURLToPath(new URL('node_modules/.cache/node-compile', import.meta.url)),
  ...(TMPDIR === undefined ? {} : { TMPDIR }),
};

/** `npm run test:slow` alone runs these: they take long, and what they show seldom breaks. */
const SLOW = [
  'tests/slow/**/*.test.ts',
  'tests/contract/package/*.test.ts',
  'tests/contract/verify-aws.test.ts',
  'tests/integration/cli/{wrong-pipeline,wrong-types}.test.ts',
  'tests/integration/compile/deploy-commands.test.ts',
  'tests/integration/local/chaos/{local-command,stack}.test.ts',
  'tests/integration/local/warehouse/{query-history,server-folders,server-life}.test.ts',
  'tests/integration/migrations/{migrate-command,migrate-interrupted,stop-migrate}.test.ts',
  'tests/integration/simulation/defects.test.ts',
  'tests/sample/console/runs.test.ts',
  'tests/sample/packaged/packaged-run.test.ts',
  'tests/sample/audits/audited-step-calls.test.ts',
  'tests/sample/plan/{plan-command,plan-stage,ten-changes}.test.ts',
  'tests/sample/preflight/check-command.test.ts',
  'tests/sample/repairs/subscribed-queue.test.ts',
  'tests/sample/report/{report-commands,run-reports}.test.ts',
  'tests/sample/screen/{load-display,lost-warehouse,readme-console,shown-run,start-interrupted}.test.ts',
  'tests/sample/verify-aws/verify-aws-command.test.ts',
  'tests/sample/deadlines/digest.test.ts',
  'tests/sample/{consumed-staging,failures/failed-steps,golden-run,loads/keys,overtaken-runs,run-history,soak,stopped-runs,task-settings,unsent-events}.test.ts',
];

/** The same, of what runs in a browser. */
const SLOW_IN_BROWSER = ['tests/browser/report/reading.test.ts', 'tests/sample/browser/*.test.ts'];

/** Of these, `npm test` runs a sample (tests/fixtures/runner/extent.ts). */
const SAMPLED = [
  'tests/integration/deadlines/year.test.ts',
  'tests/integration/graphs/step-graphs.test.ts',
  'tests/integration/local/warehouse/as-written.test.ts',
  'tests/integration/scaffold/made-up-pipelines.test.ts',
  'tests/integration/simulation/{reports,worlds}.test.ts',
  'tests/sample/audits/audited-loads.test.ts',
  'tests/sample/repairs/repairs.test.ts',
  'tests/sample/screen/start-command.test.ts',
];

/** A property is tried on fewer values, too. */
const PROPERTIES = globSync('tests/unit/**/*.test.ts').filter((file) =>
  readFileSync(file, 'utf8').includes("from 'fast-check'"),
);

const SAMPLED_IN_BROWSER = ['tests/browser/report/reports.test.ts'];

const PATIENCE_MS = 300_000;

const shared = {
  setupFiles: ['tests/fixtures/runner/seed.ts'],
  // So long that a busy machine fails no test: what a test measures, it counts.
  testTimeout: PATIENCE_MS,
  hookTimeout: PATIENCE_MS,
  expect: { poll: { timeout: PATIENCE_MS, interval: 20 } },
  // Node imports the sources itself, as it does everywhere else: Vite's own way takes a tenth longer.
  experimental: { viteModuleRunner: false, nodeLoader: false },
  env,
};

/** Without a Chromium there is no file to run, and announce.ts says so. */
const inBrowser = (...files: readonly string[]) =>
  findChromium(process.env) === undefined ? [] : [...files];

export default defineConfig({
  test: {
    // One more than there are cores: tests also wait, for PostgreSQL and for other processes.
    maxWorkers: availableParallelism() + 1,
    globalSetup: ['tests/fixtures/runner/announce.ts'],
    projects: [
      {
        // Files share their modules, here and below, which spares reading them anew for each: a module keeps nothing for one file.
        test: {
          ...shared,
          name: 'unit',
          include: ['tests/unit/**/*.test.ts'],
          pool: 'threads',
          isolate: false,
        },
      },
      {
        test: {
          ...shared,
          name: 'whole',
          include: ['tests/{conformance,contract,integration,pipelines,sample}/**/*.test.ts'],
          exclude: [...SLOW, ...SLOW_IN_BROWSER],
          isolate: false,
        },
      },
      {
        test: {
          ...shared,
          name: 'browser',
          include: inBrowser('tests/browser/**/*.test.ts'),
          exclude: SLOW_IN_BROWSER,
          globalSetup: ['tests/fixtures/runner/browser-server.ts'],
          isolate: false,
        },
      },
      {
        // What takes minutes, and says little more each time: `npm run test:slow`.
        test: {
          ...shared,
          name: 'slow',
          include: [...SLOW, ...SAMPLED, ...PROPERTIES],
          env: { ...env, EXTENT: 'whole' },
        },
      },
      {
        test: {
          ...shared,
          name: 'slow-browser',
          include: inBrowser(...SAMPLED_IN_BROWSER, ...SLOW_IN_BROWSER),
          globalSetup: ['tests/fixtures/runner/browser-server.ts'],
          env: { ...env, EXTENT: 'whole' },
        },
      },
    ],
  },
});
