import { readFileSync } from 'node:fs';
import * as z from 'zod';
import { decodeText, parseJson } from '../../json-text.ts';
import type { DmsTaskFiles } from '../template/dms-task.ts';
import { InvalidParameter, type StageParameters } from './stage-parameters.ts';

/** The part of a DMS task's table mappings that distinguishes them from another file. */
const TableMappingsSchema = z.looseObject({
  rules: z
    .array(z.looseObject({ 'rule-type': z.string() }))
    .refine((rules) => rules.some((rule) => rule['rule-type'] === 'selection')),
});

/** The part of its settings that is checked: sections, each with named values. */
const SettingsSchema = z.record(z.string().regex(/^[A-Z][A-Za-z]*$/), z.looseObject({}).nullable());

/**
 * Reads the files of the DMS task that the stage creates. Their paths are relative to the root of the project.
 * @throws InvalidParameter naming parameter and file, and the place where it is not JSON
 */
export function readDmsTaskFiles({
  dmsTableMappings,
  dmsTaskSettings,
}: Pick<StageParameters, 'dmsTableMappings' | 'dmsTaskSettings'>): DmsTaskFiles {
  const mappings = TableMappingsSchema.safeParse(readJson('dmsTableMappings', dmsTableMappings));
  if (!mappings.success) {
    throw new InvalidParameter(
      `parameter dmsTableMappings: ${dmsTableMappings} has no table mappings: "rules" must be a list with a selection rule`,
    );
  }
  const settings = SettingsSchema.safeParse(readJson('dmsTaskSettings', dmsTaskSettings));
  if (!settings.success) {
    throw new InvalidParameter(
      `parameter dmsTaskSettings: ${dmsTaskSettings} has no task settings: it must be an object of sections such as FullLoadSettings`,
    );
  }
  return { tableMappings: mappings.data, settings: settings.data };
}

function readJson(parameter: string, file: string): unknown {
  try {
    return parseJson(decodeText(readFileSync(new URL(`../../../${file}`, import.meta.url))));
  } catch (error) {
    const separator = error instanceof SyntaxError ? ':' : ': ';
    throw new InvalidParameter(
      `parameter ${parameter}: cannot read ${file}${separator}${(error as Error).message}`,
    );
  }
}
