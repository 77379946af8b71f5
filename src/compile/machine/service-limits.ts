/** Resources of a template. https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html */
export const TEMPLATE_RESOURCES = 500;

/** Limits of Step Functions. https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html */

/** Characters of a state's name. https://states-language.net/spec.html#states-fields */
export const STATE_NAME_CHARACTERS = 80;

/** Bytes of a definition. */
export const DEFINITION_BYTES = 1_048_576;

/** Events in the history of one execution of a standard workflow. */
export const HISTORY_EVENTS = 25_000;

/** Bytes of a task's, state's or execution's input or output: UTF-8. */
export const STATE_DATA_BYTES = 262_144;
