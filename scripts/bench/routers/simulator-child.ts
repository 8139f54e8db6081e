// Simulated routers that answer by SNMP, all in one process. Argument: how many. Prints a line when all of them listen,
// and for each line on stdin how many datagrams they were sent so far.
import { createInterface } from 'node:readline';
import { type Device, honestAnswerer, openDevice } from '../../../test/snmp/device.ts';
import { madeRouter } from '../../../test/snmp/made-router.ts';
import { interfaceCount, routerAddress, routerPort } from './addresses.ts';

const count = Number(process.argv[2]);
// They are alike, so that one answerer serves all of them and costs little.
const answer = honestAnswerer(madeRouter({ interfaceCount }));
const devices: Device[] = [];
for (let number = 0; number < count; number++) {
  devices.push(await openDevice((request) => answer(request), { address: routerAddress(number), port: routerPort }));
}
process.stdout.write('ready\n');
for await (const _ of createInterface({ input: process.stdin })) {
  process.stdout.write(`${devices.reduce((sum, device) => sum + device.requestCount(), 0)}\n`);
}
process.exit(0);
