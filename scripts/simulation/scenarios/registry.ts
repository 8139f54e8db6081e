import type { Scenario } from '../scenario.ts';
import { kabupaten } from './kabupaten.ts';
import { lengkap } from './lengkap.ts';
import { outage } from './outage.ts';
import { reconnect } from './reconnect.ts';
import { steady } from './steady.ts';

/** Every scenario in the order of the help text. */
export const scenarios: readonly Scenario[] = [kabupaten, lengkap, steady, reconnect, outage];
