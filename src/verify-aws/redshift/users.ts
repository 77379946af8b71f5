import { GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import { parseArn } from '../../arn.ts';
import { type AskedWorld, open, type Question, type Settled, yesIf } from '../question.ts';

/** Who a session is. */
export const userQuestions: readonly Question[] = [
  {
    id: 'role-case-kept',
    question: 'Does a role’s name become the user `IAMR:NAME` in Redshift with its case kept?',
    ifNo: 'the grants of a stage with IAM are given to another name than its functions have: pass --runtime-user',
    creates: [],
    settle: settleRoleName,
  },
];

async function settleRoleName({ owner, clients: { sts } }: AskedWorld): Promise<Settled> {
  const { target } = owner;
  if ('dbUser' in target || 'secretArn' in target)
    return open(
      'the stage does not connect with IAM, where Redshift names the user. Run this for a stage with neither dbUser nor secretArn',
    );
  const { Arn = '' } = await sts.send(new GetCallerIdentityCommand({}));
  const [[user] = []] = await owner.rows('SELECT CAST(current_user AS varchar)');
  return judgeUserName(Arn, String(user));
}

/** Pure. @param callerArn as STS says it: of a role's session, or of a user */
export function judgeUserName(callerArn: string, user: string): Settled {
  const [kind, name = ''] = parseArn(callerArn)?.resource.split('/') ?? [];
  if (kind !== 'assumed-role')
    return open(`the caller is no role (${user}). Run this with a role whose name has a capital letter`);
  if (name === name.toLowerCase())
    return open(`the name of the caller’s role has no capital letter (${user}). Run this with one that has`);
  return yesIf(user === `IAMR:${name}`, `the role ${name} is ${user} in the warehouse`);
}
