import { readFile } from 'node:fs/promises';
import { InvalidConfig } from '../../errors/errors.ts';
import { decodeText, parseJson } from '../../json-text.ts';

/** The document of a file with table mappings. @throws InvalidConfig naming the file, and the line where it is not JSON */
export async function readMappingsFile(file: string): Promise<object> {
  try {
    const document = parseJson(decodeText(await readFile(file)));
    if (typeof document === 'object' && document !== null) return document;
    throw new SyntaxError('1:1: expected an object');
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    throw new InvalidConfig(code === 'ENOENT' ? `${file}: there is no such file` : `${file}:${message}`, {
      cause: error,
    });
  }
}
