import { DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { DescribeAlarmsCommand } from '@aws-sdk/client-cloudwatch';
import { messageOf } from '../preflight/finding.ts';
import type { Creation } from './question.ts';
import type { Remover, ScratchThing } from './scratch.ts';
import { isLeftover, SCHEMA_MARK, SCRATCH_MARK } from './scratch-name.ts';

/** What earlier runs have left, and where that could not be looked for. */
export interface Leftovers {
  readonly things: readonly ScratchThing[];
  readonly unknown: readonly string[];
}

/** Finds what earlier runs have left of some kinds of things. Changes nothing. */
export async function findLeftovers(remover: Remover, kinds: readonly Creation[]): Promise<Leftovers> {
  const found = await Promise.all(
    kinds.map(async (kind) => {
      try {
        const names = await LISTS[kind](remover);
        return { names: names.filter((name) => isLeftover(name, remover.clock.now())), kind };
      } catch (error) {
        return { names: [], kind, unknown: messageOf(error) };
      }
    }),
  );
  return {
    things: found.flatMap(({ kind, names }) => names.map((name) => ({ kind, name }))),
    unknown: found.flatMap(({ kind, unknown }) => (unknown === undefined ? [] : [`${kind}s: ${unknown}`])),
  };
}

const LISTS: Readonly<Record<Creation, (remover: Remover) => Promise<readonly string[]>>> = {
  schema: async ({ owner }) => {
    const rows = await owner.rows(
      `SELECT CAST(nspname AS varchar) FROM pg_namespace WHERE left(CAST(nspname AS varchar), ${SCHEMA_MARK.length}) = '${SCHEMA_MARK}'`,
    );
    return rows.map(([name]) => String(name));
  },
  alarm: async ({ clients: { cloudWatch } }) => {
    const names: string[] = [];
    let NextToken: string | undefined;
    do {
      const command = new DescribeAlarmsCommand({ AlarmNamePrefix: SCRATCH_MARK, NextToken });
      const page = await cloudWatch.send(command);
      names.push(...(page.MetricAlarms ?? []).map(({ AlarmName = '' }) => AlarmName));
      NextToken = page.NextToken;
    } while (NextToken !== undefined);
    return names;
  },
  stack: async ({ clients: { cloudFormation } }) => {
    const names: string[] = [];
    let NextToken: string | undefined;
    do {
      const page = await cloudFormation.send(new DescribeStacksCommand({ NextToken }));
      names.push(...(page.Stacks ?? []).map(({ StackName = '' }) => StackName));
      NextToken = page.NextToken;
    } while (NextToken !== undefined);
    return names;
  },
};
