import type { ChangeKind } from '../change.ts';

/** Types that hold nothing: what is deleted of them comes back with the earlier tree. All others may hold something. */
export const STATELESS_TYPES: readonly string[] = [
  'AWS::Chatbot::MicrosoftTeamsChannelConfiguration',
  'AWS::Chatbot::SlackChannelConfiguration',
  'AWS::CloudWatch::Alarm',
  'AWS::Events::Rule',
  'AWS::IAM::ManagedPolicy',
  'AWS::IAM::Policy',
  'AWS::IAM::Role',
  'AWS::Lambda::EventInvokeConfig',
  'AWS::Lambda::Function',
  'AWS::Lambda::Permission',
  'AWS::S3::BucketPolicy',
  'AWS::SNS::Subscription',
  'AWS::SNS::TopicPolicy',
  'AWS::SQS::QueuePolicy',
];

/** Types on which no row in production depends: they tell people. */
export const TELLING_TYPES: readonly string[] = [
  'AWS::Chatbot::MicrosoftTeamsChannelConfiguration',
  'AWS::Chatbot::SlackChannelConfiguration',
  'AWS::CloudWatch::Alarm',
  'AWS::SNS::Subscription',
];

/** Settings on which no row in production depends, by type; those of `any` are so in every type. */
const HARMLESS_SETTINGS: Readonly<Record<string, readonly string[]>> = {
  any: ['Description', 'Tags', 'DependsOn'],
  'AWS::Lambda::Function': ['MemorySize', 'TracingConfig', 'LoggingConfig'],
  'AWS::StepFunctions::StateMachine': ['LoggingConfiguration', 'TracingConfiguration'],
};

/** What a changed property of a resource that stays is. */
export function kindOfSetting(type: string, property: string, before: unknown, after: unknown): ChangeKind {
  if (type === 'AWS::Logs::LogGroup' && property === 'RetentionInDays')
    return isShorter(before, after) ? 'logs-shorter' : 'resource-setting';
  const harmless = [...(HARMLESS_SETTINGS.any ?? []), ...(HARMLESS_SETTINGS[type] ?? [])];
  return TELLING_TYPES.includes(type) || harmless.includes(property)
    ? 'resource-setting'
    : 'resource-changed';
}

/** Without a retention, logs are kept for ever. */
function isShorter(before: unknown, after: unknown): boolean {
  return Number(after ?? Number.POSITIVE_INFINITY) < Number(before ?? Number.POSITIVE_INFINITY);
}

/** Permissions have a section of their own. */
export const PERMISSIONS: Readonly<Record<string, readonly string[]>> = {
  'AWS::IAM::Role': ['Policies', 'ManagedPolicyArns', 'AssumeRolePolicyDocument'],
  'AWS::IAM::ManagedPolicy': ['PolicyDocument'],
};

/** What is compared elsewhere, or says nothing: definitions in the pipelines’ words, the archive’s time in its key. */
export const UNCOMPARED: Readonly<Record<string, readonly string[]>> = {
  'AWS::StepFunctions::StateMachine': [
    'Definition',
    'DefinitionString',
    'DefinitionS3Location',
    'DefinitionSubstitutions',
  ],
  'AWS::Lambda::Function': ['Code'],
};
