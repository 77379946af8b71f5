export const handler = async () => import(`./${'nowhere'}.ts`);
await handler();
