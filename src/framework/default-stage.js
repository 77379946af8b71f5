/**
 * Stage that is meant where none is named: `sls invoke local` against a local AWS is about the stage that runs there.
 * The framework imports this file.
 */
export function defaultStage() {
  const isInvokedLocally = process.argv.includes('invoke') && process.argv.includes('local');
  const isLocalAws = /^http:\/\/(127\.0\.0\.1|localhost|\[::1\])[:/]?/.test(
    process.env.AWS_ENDPOINT_URL ?? '',
  );
  return isInvokedLocally && isLocalAws ? 'local' : 'dev';
}
