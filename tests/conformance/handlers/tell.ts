/** Logs what it was invoked with. */
export async function handler(event: unknown) {
  console.log(JSON.stringify(event));
}
