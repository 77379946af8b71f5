console.log('the handler is loaded');

export const handler = async () => 'answer';
