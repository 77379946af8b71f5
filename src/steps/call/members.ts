import * as z from 'zod';

/** A step of a group that is published together, as it stands in a state's request: its name, and the numbers of its statements. */
export const StepMemberSchema = z.object({
  name: z.string().min(1),
  /** Counted from 1 among those of the group. */
  statements: z.array(z.int().min(1)),
});
export type StepMember = z.infer<typeof StepMemberSchema>;

/** Name of the member to which a statement belongs; undefined for lock, fence and judgement, and where there are no members. */
export function memberOf(members: readonly StepMember[] = [], statement = 0): string | undefined {
  return members.find(({ statements }) => statements.includes(statement))?.name;
}
