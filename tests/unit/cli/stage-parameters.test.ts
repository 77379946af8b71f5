import { describe, expect, it } from 'vitest';
import { readServiceFile } from '../../../src/cli/stage/service-parameters.ts';

/** As the Serverless Framework writes it. */
const variable = (text: string) => `\${${text}}`;
const service = (params: string, region = variable("opt:region, 'eu-central-1'")) =>
  `service: x\nparams:\n${params}\nprovider:\n  name: aws\n  region: ${region}\nresources:\n  A: !Sub 'b'\n`;

describe('readServiceFile', () => {
  it('puts a stage’s parameters above those of all stages', () => {
    const text = service('  default: { database: dev, dbUser: runtime }\n  prod: { database: prod }');

    expect(readServiceFile(text, 'prod').values).toEqual({ database: 'prod', dbUser: 'runtime' });
    expect(readServiceFile(text, 'test').values).toEqual({ database: 'dev', dbUser: 'runtime' });
  });

  it('takes empty ones and none for absent, and leaves out what is no text', () => {
    const text = service("  default: { dbUser: none, secretArn: '', dmsTasks: { a: b }, database: 7 }");

    expect(readServiceFile(text, 'dev').values).toEqual({ database: '7' });
  });

  it.each([
    [variable("opt:region, 'eu-west-1'"), 'eu-west-1'],
    ['eu-west-2', 'eu-west-2'],
    [variable('env:REGION'), undefined],
  ])('takes provider.region %s for %s', (region, expected) => {
    expect(readServiceFile(service('  default: {}', region), 'dev').region).toBe(expected);
  });

  it.each([
    ['params:\n  default: [', /^serverless.yml cannot be read: YAMLParseError: [^\n]*$/],
    ['params: none', /^serverless.yml cannot be read: [^\n]*params[^\n]*$/],
  ])('says in one line what is wrong with %j', (text, message) => {
    expect(() => readServiceFile(text, 'dev')).toThrow(message);
  });
});
