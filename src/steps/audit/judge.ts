import * as z from 'zod';
import type { DataApi } from '../../data-api/describe.ts';
import { readNamedRows } from '../../data-api/result.ts';
import { InvalidConfig } from '../../errors/errors.ts';

/** An audit whose wrong rows may be shown, as it stands in a state's request. */
export const ShownAuditSchema = z.object({
  name: z.string().min(1),
  /** Which of the step's statements reads its rows, counted from 1. */
  statement: z.int().min(1),
});
export type ShownAudit = z.infer<typeof ShownAuditSchema>;

/** What elt.sp_audit raises stands at the head; the same letters may stand in any message. */
const AUDIT_FAILED = /^(?:Query #\d+ failed with )?(?:ERROR:\s*)?ELT_AUDIT:\s*(.*\S)/;

/** What the audits of a step have found, from the SQL error of its statement; undefined where no audit failed. */
export function readAuditFailure(error: string): string | undefined {
  return AUDIT_FAILED.exec(error)?.[1];
}

/**
 * The first wrong rows of the audits that failed and may show them, as sentences. They were read within the transaction, before it
 * was rolled back; afterwards a query would see the load of before. The Data API keeps the result of each statement of a batch.
 * @param found what {@link readAuditFailure} answers
 * @throws RedshiftUnavailable
 */
export async function readWrongRows(
  api: DataApi,
  statementId: string,
  shown: readonly ShownAudit[],
  found: string,
): Promise<string> {
  const failed = shown.filter(({ name }) => found.includes(`"${name}": `));
  const texts = await Promise.all(
    failed.map(
      async ({ name, statement }) =>
        `The first of "${name}": ${await readRows(api, `${statementId}:${statement}`)}.`,
    ),
  );
  return texts.join(' ');
}

async function readRows(api: DataApi, id: string): Promise<string> {
  try {
    return JSON.stringify(await readNamedRows(api, id));
  } catch (error) {
    // What failed is known: rows that cannot be had must not hide it.
    if (error instanceof InvalidConfig) return `cannot be shown (${error.message})`;
    throw error;
  }
}
