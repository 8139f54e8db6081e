import type { ListenOptions, NetConnectOpts } from 'node:net';
import { carry } from './carry.ts';

/** Carries connections until it is killed. Arguments, two by two: where to listen and whereto, as JSON. */
const places = process.argv.slice(2).map((text): unknown => JSON.parse(text));
for (let index = 0; index + 1 < places.length; index += 2)
  await carry(places[index] as ListenOptions, places[index + 1] as NetConnectOpts);
process.stdout.write('ready\n');
