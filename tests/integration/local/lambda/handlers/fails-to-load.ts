export function handler(): void {}

class InvalidConfig extends Error {
  override readonly name = 'InvalidConfig';
}
throw new InvalidConfig('DMS_TASKS is not set');
