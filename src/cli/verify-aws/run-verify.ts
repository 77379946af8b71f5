import { randomBytes } from 'node:crypto';
import { systemClock } from '../../clock.ts';
import { InvalidConfig } from '../../errors/errors.ts';
import { LOCAL_REGION } from '../../local/index.ts';
import { pipelines } from '../../pipelines/index.ts';
import { type Asked, type AskedAll, askQuestions, type Listener } from '../../verify-aws/ask-questions.ts';
import { findLeftovers, type Leftovers } from '../../verify-aws/leftovers.ts';
import type { AskedWorld, Question } from '../../verify-aws/question.ts';
import { createScratch, type LeftThing, type Remover, removeThings } from '../../verify-aws/scratch.ts';
import { scratchName } from '../../verify-aws/scratch-name.ts';
import { type Setting, type VerdictRow, verdictRow } from '../../verify-aws/verdicts.ts';
import { createSession } from '../../verify-aws/warehouse.ts';
import { type CheckFlags, type CheckSettings, readCheckSettings } from '../check/check-settings.ts';
import { abortable, createVerifyClients, type VerifyClients } from './verify-clients.ts';

/** What is about to be done, for whoever agrees to it. */
export interface Intention {
  readonly settings: CheckSettings;
  readonly questions: readonly Question[];
  /** What all names of what is created begin with. */
  readonly name: string;
  readonly leftovers: Leftovers;
}

export interface VerifyParts extends Omit<Listener, 'onAnswer'> {
  onRow(row: VerdictRow): void;
  readonly questions: readonly Question[];
  /** Aborted when the command is to stop. */
  readonly signal: AbortSignal;
  /** Before anything is created or removed. @returns whether to go on */
  agree(plan: Intention): Promise<boolean>;
}

/** What came of it; undefined where nobody agreed to it. */
export interface Verified extends AskedAll {
  readonly setting: Setting;
}

/** Asks a stage's account. @throws InvalidConfig, InvalidParameter where it is not known what to ask */
export async function runVerify(flags: CheckFlags, parts: VerifyParts): Promise<Verified | undefined> {
  const settings = await readCheckSettings(flags, pipelines);
  const clients = createVerifyClients(settings.place);
  const name = scratchName(systemClock.now(), randomBytes(3).toString('hex'));
  try {
    const remover = removerOf(settings, clients, name);
    const { questions, signal } = parts;
    const kinds = [...new Set(questions.flatMap(({ creates }) => creates))];
    const leftovers = await findLeftovers(remover, kinds);
    if (!(await parts.agree({ settings, questions, name, leftovers }))) return undefined;
    const old: readonly LeftThing[] = signal.aborted ? [] : await removeThings(remover, leftovers.things);
    const world = worldOf(settings, clients, name, signal);
    // Only what was asked shows who has answered.
    const setting = () => settingOf(settings, clients);
    const onAnswer = (asked: Asked) => parts.onRow(verdictRow(asked, setting()));
    const outcome = await askQuestions(questions, world, remover, { ...parts, onAnswer });
    return { asked: outcome.asked, left: [...old, ...outcome.left], setting: setting() };
  } finally {
    clients.destroy();
  }
}

function settingOf({ isLocal, place }: CheckSettings, clients: VerifyClients): Setting {
  return {
    isAws: !isLocal && clients.isAws(),
    region: place.region ?? LOCAL_REGION,
    date: new Date(systemClock.now()).toISOString().slice(0, 10),
  };
}

/** It must work on when the command was stopped, so that its calls are not aborted. */
function removerOf(settings: CheckSettings, clients: VerifyClients, name: string): Remover {
  const { api, cloudWatch, cloudFormation } = clients;
  const owner = createSession({ api, target: settings.ownerTarget(), name, clock: systemClock });
  return { owner, clients: { cloudWatch, cloudFormation }, clock: systemClock };
}

function worldOf(
  settings: CheckSettings,
  clients: VerifyClients,
  name: string,
  signal: AbortSignal,
): AskedWorld {
  const { api, sfn, dms, cloudWatch, cloudFormation, pricing, sts } = clients;
  const common = { api, name, clock: systemClock, signal };
  const owner = createSession({ ...common, target: settings.ownerTarget() });
  return {
    ...{ stage: settings.stage, users: settings.users, owner, clock: systemClock, signal },
    runtime: createSession({ ...common, target: settings.target }),
    scratch: createScratch(name, owner),
    clients: {
      sfn: abortable(sfn, signal),
      dms: abortable(dms, signal),
      cloudWatch: abortable(cloudWatch, signal),
      cloudFormation: abortable(cloudFormation, signal),
      pricing: abortable(pricing, signal),
      sts: abortable(sts, signal),
    },
  };
}

/** The questions of these ids, or all. @throws InvalidConfig for an id that no question has */
export function chooseQuestions(all: readonly Question[], only: string | undefined): readonly Question[] {
  if (only === undefined) return all;
  const ids = only.split(',').map((id) => id.trim());
  const unknown = ids.filter((id) => !all.some((question) => question.id === id));
  if (unknown.length > 0)
    throw new InvalidConfig(`--only: there is no question ${unknown.join(', ')}: --list prints them`);
  return all.filter(({ id }) => ids.includes(id));
}
