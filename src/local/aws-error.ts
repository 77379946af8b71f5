/** An error as an AWS service answers it: `name` is the API model's exception name, `fields` its further members. */
export class AwsError extends Error {
  override readonly name: string;
  /** HTTP status. */
  readonly status: number;
  readonly fields: Readonly<Record<string, string>>;

  constructor(name: string, message: string, status = 400, fields: Readonly<Record<string, string>> = {}) {
    super(message);
    this.name = name;
    this.status = status;
    this.fields = fields;
  }
}
