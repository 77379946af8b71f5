// Runs before every npm script, on whatever Node the machine has: installs what is missing and says so on stderr.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, rmSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = new URL('../../', import.meta.url);
const installed = new URL('node_modules/.package-lock.json', root);
const bundledNode = new URL('node_modules/.bin/node', root);

/** Where npm has a package with Lambda's own Node; elsewhere the machine's must do. */
const hasBundledNode = process.platform === 'linux' && ['x64', 'arm64'].includes(process.arch);
const requiredMajor = hasBundledNode ? 20 : 24;

if (Number(process.versions.node.split('.')[0]) < requiredMajor) {
  stop(`Node ${requiredMajor} or newer is needed on ${process.platform}, this is ${process.version}.`);
}
if (!isInstalled()) install();
if (hasBundledNode && !existsSync(bundledNode)) {
  stop('npm left out the optional package with Node 24. Run: npm ci --include=optional --include=dev');
}
// Packaging leaves behind what it has made for the time being: it is given a folder for that, empty each time.
if (['prepackage', 'predeploy'].includes(process.env.npm_lifecycle_event ?? '')) {
  const temporary = new URL('node_modules/.cache/package/', root);
  rmSync(temporary, { recursive: true, force: true });
  mkdirSync(temporary, { recursive: true });
}

function isInstalled() {
  return (
    existsSync(installed) &&
    statSync(installed).mtimeMs >= statSync(new URL('package-lock.json', root)).mtimeMs
  );
}

function install() {
  process.stderr.write(
    'Installing about 450 packages (750 MB) into node_modules, once. This takes about a minute …\n',
  );
  const started = Date.now();
  const npm = process.env.npm_execpath;
  const [command, first] = npm === undefined ? ['npm', []] : [process.execPath, [npm]];
  const flags = [
    'ci',
    '--ignore-scripts',
    '--include=dev',
    '--include=optional',
    '--no-audit',
    '--no-fund',
    '--loglevel=error',
  ];
  const { status, error } = spawnSync(command, [...first, ...flags], {
    cwd: fileURLToPath(root),
    stdio: ['ignore', 2, 2],
  });
  if (status !== 0) stop(`npm ci did not succeed${error ? `: ${error.message}` : ''}. Nothing was started.`);
  process.stderr.write(`Installed in ${Math.round((Date.now() - started) / 1000)} s.\n`);
}

/** @param {string} reason */
function stop(reason) {
  process.stderr.write(`${reason}\n`);
  process.exit(1);
}
