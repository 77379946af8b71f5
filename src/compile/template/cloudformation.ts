/** A CloudFormation resource, or any part of one. */
export type Resource = { readonly [key: string]: unknown };

/** Resources by logical id. */
export type Resources = Readonly<Record<string, Resource>>;

/** Longest values of CloudFormation's pseudo parameters: sizes are checked with them before anything is deployed. */
const LONGEST: Readonly<Record<string, string>> = {
  'AWS::Partition': 'aws-us-gov',
  'AWS::Region': 'us-isof-south-1',
  'AWS::AccountId': '123456789012',
};

/** What a Ref or Fn::GetAtt may come to: an ARN, whose name has 80 characters at most. */
const LONGEST_REFERENCE = 'x'.repeat(150);

export function getArn(logicalId: string): Resource {
  return { 'Fn::GetAtt': [logicalId, 'Arn'] };
}

/** An ARN of this stack's partition, Region and account, for a service and what is behind the account. */
export function ownArn(service: string, resource: string): Resource {
  return { 'Fn::Sub': `arn:\${AWS::Partition}:${service}:\${AWS::Region}:\${AWS::AccountId}:${resource}` };
}

/** A part of a template as JSON, with every reference replaced by the longest value that it may have. */
export function longestJson(part: unknown): string {
  return JSON.stringify(part, (_key, value) => longestValue(value));
}

function longestValue(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if ('Ref' in value || 'Fn::GetAtt' in value) return LONGEST_REFERENCE;
  if (!('Fn::Sub' in value)) return value;
  return String(value['Fn::Sub']).replaceAll(/\$\{([\w:]+)\}/g, (_, name: string) => LONGEST[name] ?? name);
}

/** Cuts a list so that what is made of each part stays within a number of characters, as few parts as possible. */
export function cutToFit<Item>(
  items: readonly Item[],
  maxCharacters: number,
  make: (part: readonly Item[]) => unknown,
): readonly (readonly Item[])[] {
  const parts: Item[][] = [];
  for (const item of items) {
    const last = parts.at(-1);
    if (last !== undefined && longestJson(make([...last, item])).length <= maxCharacters) last.push(item);
    else parts.push([item]);
  }
  return parts;
}

/** Logical id that the Serverless Framework gives to a function: `StartDashrunLambdaFunction`. */
export function functionLogicalId(name: string): string {
  const normalized = name.replaceAll('-', 'Dash');
  return `${normalized.charAt(0).toUpperCase()}${normalized.slice(1)}LambdaFunction`;
}

/** `redshift-elt-load-customer-sales` as `RedshiftEltLoadCustomerSales`, the beginning of logical ids. */
export function pascalCase(name: string): string {
  const words = name.split('-').filter((word) => word !== '');
  return words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('');
}
