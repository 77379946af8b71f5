import * as z from 'zod';
import { DigestTimeSchema } from '../definition/deadline/digest-time.ts';
import type { Environment } from '../stage-variables.ts';
import { check } from './environment.ts';

/** The settings that notify-outcome needs besides the stage's. @throws InvalidConfig naming the variable */
export function readNotificationSettings(environment: Environment = process.env) {
  return {
    topic: check('NOTIFICATION_TOPIC', z.string().min(1), environment.NOTIFICATION_TOPIC),
    deadlineMachine: check('DEADLINE_MACHINE', z.string().default(''), environment.DEADLINE_MACHINE),
    successDigest: check(
      'SUCCESS_DIGEST',
      DigestTimeSchema.optional(),
      environment.SUCCESS_DIGEST || undefined,
    ),
    notifySuccess: check('NOTIFY_SUCCESS', z.stringbool(), environment.NOTIFY_SUCCESS),
  };
}
