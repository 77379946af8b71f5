/** Version of what a compiled state machine sends to the functions. A run keeps that of the day it began. */
export const CONTRACT_VERSION = 1;
