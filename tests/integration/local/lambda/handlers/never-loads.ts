await new Promise(() => undefined);

export const handler = () => 'never';
