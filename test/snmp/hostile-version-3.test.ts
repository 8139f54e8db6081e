import { expect, it, onTestFinished } from 'vitest';
import { system } from '../../agent/routers/snmp/oids.ts';
import { type Device, openDevice } from './device.ts';
import { encoded, encodeVarbind, integer, numberOf, partsOf, text, timeTicks } from './messages.ts';
import { readingOf, routerAt } from './reading.ts';

const engine = text('engine-1');
const credential = {
  version: '3',
  user: 'pantau',
  authProtocol: 'sha',
  authKey: 'kunci-otentikasi',
  privProtocol: 'aes',
  privKey: 'kunci-privasi',
} as const;
const spoofed = [
  { oid: system.description, value: text('spoofed') },
  { oid: system.objectId, value: text('spoofed') },
  { oid: system.upTime, value: timeTicks(1) },
  { oid: system.name, value: text('spoofed') },
];

/** A message in the clear, without signature (RFC 3412), in answer to a question. */
function inTheClear(question: Buffer, pduType: number, { bootCount = 1, varbinds = spoofed } = {}): Buffer {
  const header = partsOf(partsOf(question)[0]?.content ?? Buffer.alloc(0))[1]?.content ?? Buffer.alloc(0);
  const messageId = integer(numberOf(partsOf(header)[0]?.content));
  const list = encoded(0x30, Buffer.concat(varbinds.map(encodeVarbind)));
  const pdu = encoded(pduType, integer(1), integer(0), integer(0), list);
  const security = encoded(0x30, engine, integer(bootCount), integer(bootCount), text(''), text(''), text(''));
  return encoded(
    0x30,
    integer(3),
    encoded(0x30, messageId, integer(65_507), encoded(0x04, Buffer.from([0])), integer(3)),
    encoded(0x04, security),
    encoded(0x30, engine, text(''), pdu),
  );
}

async function device(answer: (question: Buffer, place: number) => Buffer): Promise<Device> {
  let place = 0;
  const opened = await openDevice((_, bytes) => answer(bytes, place++));
  onTestFinished(() => opened.close());
  return opened;
}

const response = 0xa2;
const report = 0xa8;

it('an answer that is not signed does not count, whoever sent it', async () => {
  const { port, requestCount } = await device((question, place) =>
    inTheClear(question, place === 0 ? report : response, place === 0 ? { varbinds: [] } : {}),
  );
  const reading = await readingOf(routerAt(port, { timeoutSeconds: 5 }), credential).read();

  expect(reading).toMatchObject({ state: 'unknown', reason: 'bad-answer' });
  expect(reading.system).toBeUndefined();
  expect(requestCount()).toBe(2);
});

it('a device that has the same asked anew for ever is left alone', async () => {
  const { port, requestCount } = await device((question) =>
    inTheClear(question, report, { bootCount: 0, varbinds: [] }),
  );
  const reading = await readingOf(routerAt(port, { timeoutSeconds: 1 }), credential).read();

  expect(reading).toMatchObject({ state: 'unknown', reason: 'bad-answer' });
  expect(requestCount()).toBe(8);
});
