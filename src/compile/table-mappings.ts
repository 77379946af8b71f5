import { readFileSync } from 'node:fs';
import * as z from 'zod';
import { InvalidParameter } from './stage-parameters.ts';

/** As much of a DMS task's table mappings as tells them from another file. */
const TableMappingsSchema = z.looseObject({
  rules: z
    .array(z.looseObject({ 'rule-type': z.string() }))
    .refine((rules) => rules.some((rule) => rule['rule-type'] === 'selection')),
});

/**
 * Reads the table mappings of the DMS task that the stage creates.
 * @param file path from the root of the project
 * @throws InvalidParameter
 */
export function readTableMappings(file: string): unknown {
  const { success, data } = TableMappingsSchema.safeParse(readJson(file));
  if (success) return data;
  throw new InvalidParameter(
    `parameter dmsTableMappings: ${file} has no table mappings: "rules" must be a list with a selection rule`,
  );
}

function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8'));
  } catch (error) {
    // The text of a syntax error quotes the file, with its line breaks.
    const reason = (error as Error).message.replaceAll(/\s+/g, ' ');
    throw new InvalidParameter(`parameter dmsTableMappings: cannot read ${file}: ${reason}`);
  }
}
