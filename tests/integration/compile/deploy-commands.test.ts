import { execFile } from 'node:child_process';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pipelines } from '../../../src/pipelines/index.ts';
import { copyProject, type ProjectCopy } from '../../fixtures/package/project-copy.ts';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
/** The pipelines' tasks, in another account. */
const TASKS = Object.fromEntries(
  pipelines
    .flatMap(({ tasks }) => tasks)
    .map((task, index) => [task, `arn:aws:dms:us-east-1:999999999999:task:A${index}`]),
);

/** Answers as STS does, of account 123456789012; anything else is not asked for. */
let sts: Server;
const actions: (string | null)[] = [];
/** A copy: deploying packages first, and no two packages of a project may be made at once. */
let project: ProjectCopy;
beforeAll(async () => {
  project = await copyProject();
  await project.bundleOwnCodeOnly();
  sts = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    actions.push(new URLSearchParams(Buffer.concat(chunks).toString()).get('Action'));
    response.writeHead(200, { 'content-type': 'text/xml' });
    response.end(
      '<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult>' +
        '<Arn>arn:aws:iam::123456789012:user/me</Arn><UserId>AIDA</UserId><Account>123456789012</Account>' +
        '</GetCallerIdentityResult></GetCallerIdentityResponse>',
    );
  });
  await new Promise<void>((resolve) => void sts.listen(0, '127.0.0.1', resolve));
});
afterAll(async () => {
  sts.close();
  await project.remove();
});

/** What the real framework says to a command for the stage dev, whose AWS is the server above. */
async function sls(...command: readonly string[]): Promise<string> {
  actions.length = 0;
  const home = tmpdir();
  const env = {
    PATH: process.env.PATH,
    HOME: home,
    TMPDIR: home,
    SLS_SCHEMA_CACHE_BASE_DIR: `${ROOT}node_modules/.cache`,
    AWS_ENDPOINT_URL: `http://127.0.0.1:${(sts.address() as AddressInfo).port}`,
    AWS_ACCESS_KEY_ID: 'x',
    AWS_SECRET_ACCESS_KEY: 'x',
  };
  const flags = ['--stage', 'dev', `--param=dmsTasks=${JSON.stringify(TASKS)}`];
  const run = promisify(execFile)(process.execPath, [`${ROOT}node_modules/.bin/sls`, ...command, ...flags], {
    cwd: project.folder,
    env,
  });
  const { stdout, stderr } = await run.catch((error: { stdout: string; stderr: string }) => error);
  return `${stdout}${stderr}`;
}

describe('sls', () => {
  it('refuses to deploy for a DMS task of another account, in words', async () => {
    const said = await sls('deploy');

    expect(said).toContain(
      `parameter dmsTasks: the DMS task "${pipelines[0]?.tasks[0]}" is in account 999999999999, but these credentials deploy to 123456789012`,
    );
    expect(actions.filter((action) => action !== 'GetCallerIdentity')).toEqual([]);
  });

  it('refuses to deploy a function alone, in words, before anything is asked of AWS', async () => {
    const said = await sls('deploy', 'function', '-f', 'start-run');

    expect(said).toContain('a single function cannot be deployed');
    expect(said).toContain('npm run deploy -- --stage dev');
    expect(said).not.toContain('TypeError');
    expect(actions).toEqual([]);
  });
});
