import { commandLine } from '../command-line.ts';

export const placeOptions = { config: { type: 'string' }, data: { type: 'string' } } as const;

export const { wrongUsage, parse } = commandLine('ledger');
