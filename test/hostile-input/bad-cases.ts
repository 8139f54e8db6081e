import { badBodies } from './bad-bodies.ts';
import type { BadCase } from './bad-case.ts';
import { badSenders } from './bad-senders.ts';
import { badValues } from './bad-values.ts';

export const badCases: readonly BadCase[] = [...badValues, ...badBodies, ...badSenders];
