/** Reads the environment when it is imported, as product modules do. */
export const loadedIn = process.env.AWS_LAMBDA_FUNCTION_NAME;
