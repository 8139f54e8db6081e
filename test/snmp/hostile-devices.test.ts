import { randomBytes } from 'node:crypto';
import { afterEach, describe, expect, it } from 'vitest';
import { schemaErrors } from '../../agent/sensors/report-checks.ts';
import { columns, olderColumns, system } from '../../agent/routers/snmp/oids.ts';
import type { RouterConfig } from '../../shared/agent-config-schema.ts';
import { type Answerer, type Device, honestAnswerer, openDevice } from './device.ts';
import { madeRouter } from './made-router.ts';
import { counter32, encoded, encodeResponse, integer, pduTypes, text } from './messages.ts';
import { readingOf, routerAt } from './reading.ts';

const devices: Device[] = [];
afterEach(async () => {
  for (const device of devices.splice(0)) await device.close();
});

async function device(answer: Answerer): Promise<Device> {
  const opened = await openDevice(answer);
  devices.push(opened);
  return opened;
}

const honest = honestAnswerer(madeRouter({ interfaceCount: 30 }));
/** For what is not meant to answer in time. */
const timeoutSeconds = 0.4;
/** A question and its repetition: what one timeout costs. */
const onceAndAgain = 2;

/** A device that answers the first questions honestly and the others as told. */
function honestUntil(count: number, then: Answerer): Answerer {
  let requestCount = 0;
  return (request, bytes) => (requestCount++ < count ? honest(request) : then(request, bytes));
}

async function readingFrom(answer: Answerer, timeout: Partial<RouterConfig> = { timeoutSeconds: 5 }) {
  const { port, requestCount } = await device(answer);
  const reading = await readingOf(routerAt(port, timeout)).read();
  expect(schemaErrors('routers', [reading])).toEqual([]);
  return { ...reading, requestCount: requestCount() };
}

describe('a device', () => {
  it('that is honest is read in a few small questions', async () => {
    const { port, requestCount } = await device(honest);
    const reading = await readingOf(routerAt(port)).read();

    expect(reading).toMatchObject({ state: 'up', uptimeSeconds: 86_440, system: { name: 'rtr-dinkes' } });
    expect(reading.reason).toBeUndefined();
    expect(reading.interfaces).toHaveLength(30);
    // Who it is, 30 rows and the end three at a time, its other uptimes.
    expect(requestCount()).toBe(1 + 11 + 1);
  });

  it('that never answers costs one timeout, and is unknown: SNMP may be switched off there', async () => {
    const reading = await readingFrom(() => undefined, { timeoutSeconds });

    expect(reading).toMatchObject({ state: 'unknown', reason: 'timeout', requestCount: onceAndAgain });
    expect(reading.durationSeconds).toBeGreaterThanOrEqual(timeoutSeconds * 0.9);
  });

  it('that answered before and no longer does is down', async () => {
    let isSilent = false;
    const { port } = await device((request) => (isSilent ? undefined : honest(request)));
    const reading = readingOf(routerAt(port, { timeoutSeconds: 1.5 }));
    expect(await reading.read()).toMatchObject({ state: 'up' });

    isSilent = true;
    expect(await reading.read()).toMatchObject({ state: 'down', reason: 'timeout' });
  });

  it('whose port is closed is told at once', async () => {
    const closed = await openDevice(honest);
    await closed.close();
    const reading = await readingOf(routerAt(closed.port, { timeoutSeconds: 30 })).read();

    expect(reading).toMatchObject({ state: 'unknown', reason: 'port-closed' });
  });

  it('that stops in the middle costs one timeout, and what it is stays known', async () => {
    const reading = await readingFrom(
      honestUntil(4, () => undefined),
      { timeoutSeconds: 1.5 },
    );

    expect(reading).toMatchObject({ state: 'up', reason: 'stopped-in-mid-walk', system: { name: 'rtr-dinkes' } });
    expect(reading.interfaces).toBeUndefined();
    expect(reading.requestCount).toBe(4 + onceAndAgain);
  });

  it('that loses each first datagram is asked again', async () => {
    const seen = new Set<number>();
    const small = honestAnswerer(madeRouter({ interfaceCount: 3 }));
    const reading = await readingFrom(
      (request) => {
        const isRepeated = seen.has(request.requestId);
        seen.add(request.requestId);
        return isRepeated ? small(request) : undefined;
      },
      { timeoutSeconds: 1 },
    );

    expect(reading).toMatchObject({ state: 'up' });
    expect(reading.reason).toBeUndefined();
    expect(reading.requestCount).toBe(2 * seen.size);
  });

  it('that answers each question in time, but slowly, gets no more time than its interval leaves', async () => {
    const late = (answer: Buffer | undefined) =>
      new Promise<Buffer | undefined>((resolve) => {
        setTimeout(() => resolve(answer), 400);
      });
    const reading = await readingFrom((request) => late(honest(request)), { timeoutSeconds: 2.5, everySeconds: 2 });

    expect(reading).toMatchObject({ state: 'up', reason: 'too-slow', system: { name: 'rtr-dinkes' } });
    // In two and a half seconds, of the twelve that it takes.
    expect(reading.requestCount).toBeLessThanOrEqual(8);
  });

  it.each<[string, (request: Parameters<Answerer>[0], bytes: Buffer) => Buffer]>([
    ['noise', () => randomBytes(200)],
    ['an empty datagram', () => Buffer.alloc(0)],
    ['the question itself, cut in the middle', (_, bytes) => bytes.subarray(0, bytes.length >> 1)],
    ['a length beyond the end', () => Buffer.from([0x30, 0x84, 0xff, 0xff, 0xff, 0xff, 0x02, 0x01, 0x01])],
    ['60 kilobytes of nothing', () => Buffer.alloc(60_000)],
    ['nesting without an end', () => Buffer.alloc(1400, Buffer.from([0x30, 0x80]))],
    ['text where a number should be', ({ requestId }) => encoded(0x30, text('x'), text('public'), integer(requestId))],
    ['another community', (request) => encodeResponse({ request: { ...request, community: 'private' }, varbinds: [] })],
    ['fewer values than were asked for', (request) => encodeResponse({ request, varbinds: [] })],
    [
      'another kind of message',
      ({ requestId }) =>
        encoded(
          0x30,
          integer(1),
          text('public'),
          encoded(pduTypes.set, integer(requestId), integer(0), integer(0), encoded(0x30, Buffer.alloc(0))),
        ),
    ],
    [
      'a message of version 3 that claims to be signed',
      ({ requestId }) =>
        encoded(
          0x30,
          integer(3),
          encoded(0x30, integer(requestId), integer(65507), encoded(0x04, Buffer.from([1])), integer(3)),
          encoded(
            0x04,
            encoded(0x30, text('e'), integer(1), integer(1), text('u'), encoded(0x04, Buffer.alloc(12)), text('')),
          ),
          encoded(
            0x30,
            text('e'),
            text(''),
            encoded(0xa2, integer(requestId), integer(0), integer(0), encoded(0x30, Buffer.alloc(0))),
          ),
        ),
    ],
  ])('that answers with %s costs one timeout at most, and the agent lives', async (_, answer) => {
    const reading = await readingFrom((request, bytes) => answer(request, bytes), { timeoutSeconds });

    expect(reading).toMatchObject({ state: 'unknown', reason: 'bad-answer' });
    expect(reading.requestCount).toBeLessThanOrEqual(onceAndAgain);
  });

  it('whose noise comes before the true answer is read all the same', async () => {
    let requestCount = 0;
    const reading = await readingFrom((request) => (requestCount++ === 0 ? randomBytes(50) : honest(request)));

    expect(reading).toMatchObject({ state: 'up' });
    expect(reading.reason).toBeUndefined();
  });

  it('that answers other questions than were asked is silent', async () => {
    const reading = await readingFrom((request) => honest({ ...request, requestId: request.requestId ^ 1 }), {
      timeoutSeconds,
    });

    expect(reading).toMatchObject({ state: 'unknown', reason: 'timeout' });
  });

  it.each<[string, Answerer]>([
    [
      'in circles',
      (request) =>
        encodeResponse({
          request,
          varbinds: request.oids.map((oid) => ({
            oid: oid.split('.').length > 11 ? oid : `${oid}.1`,
            value: integer(1),
          })),
        }),
    ],
    [
      'backwards',
      (request) =>
        encodeResponse({
          request,
          varbinds: request.oids.flatMap((oid) => [
            { oid: `${columnOf(oid)}.${9 - (oid.split('.').length % 2)}`, value: integer(1) },
          ]),
        }),
    ],
    ['with nothing', (request) => encodeResponse({ request, varbinds: [] })],
    [
      'with an index that is no number',
      (request) =>
        encodeResponse({
          request,
          varbinds: request.oids.map((oid) => ({ oid: `${columnOf(oid)}.1.7`, value: integer(1) })),
        }),
    ],
  ])('that goes through its table %s is left alone', async (_, answer) => {
    const reading = await readingFrom(honestUntil(1, answer));

    expect(reading).toMatchObject({ state: 'up', reason: 'bad-answer', system: { name: 'rtr-dinkes' } });
  });

  it('with a table without end is read as far as a report carries', async () => {
    const { port, requestCount } = await device(
      honestUntil(1, (request) => {
        const varbinds = [];
        for (let round = 1; round <= request.maxRepetitions; round++) {
          for (const oid of request.oids) {
            const index = oid === columnOf(oid) ? 0 : Number(oid.split('.').at(-1));
            const isText = columnOf(oid) === columns.name;
            varbinds.push({
              oid: `${columnOf(oid)}.${index + round}`,
              value: isText ? text(`if${index + round}`) : counter32(1),
            });
          }
        }
        return encodeResponse({ request, varbinds });
      }),
    );
    const reading = await readingOf(routerAt(port, { timeoutSeconds: 10 })).read();

    expect(schemaErrors('routers', [reading])).toEqual([]);
    expect(reading.interfaces).toHaveLength(128);
    expect(reading.droppedInterfaceCount).toBe(1024 - 128);
    expect(requestCount()).toBeLessThan(800);
  });

  it('with absurd values has none of them in a report', async () => {
    const mib = madeRouter({ interfaceCount: 2 });
    mib.set(system.name, text('\u0000\u0007 name\n'.repeat(200)));
    mib.set(system.description, Buffer.from([0x04, 3, 0xff, 0xfe, 0x80]));
    mib.set(`${columns.name}.1`, text('x'.repeat(300)));
    mib.set(`${columns.receiveBytes}.1`, text('many'));
    mib.set(`${columns.receiveErrors}.2`, integer(-5));
    mib.set(`${columns.speed}.2`, text(''));
    const answer = honestAnswerer(mib);
    const reading = await readingFrom((request) => answer(request));

    expect(reading.interfaces?.map(({ name }) => name)).toEqual(['x'.repeat(64), 'ether2']);
    expect(reading.interfaces?.[0]).toMatchObject({ counterBits: 32 });
    expect(reading.interfaces?.[1]).toMatchObject({ speedBitsPerSecond: 1_000_000_000 });
    expect(reading.interfaces?.[1]?.receiveErrors).toBeUndefined();
  });

  it('that finds an answer too large is asked for less', async () => {
    const reading = await readingFrom((request) =>
      request.oids.length * Math.max(1, request.maxRepetitions) > 30
        ? encodeResponse({ request, varbinds: [], errorStatus: 1 })
        : honest(request),
    );

    expect(reading.reason).toBeUndefined();
    expect(reading.interfaces).toHaveLength(30);
  });

  it('that cuts its answers short is asked for the rest', async () => {
    const small = honestAnswerer(madeRouter({ interfaceCount: 5 }));
    const reading = await readingFrom((request) =>
      small({ ...request, maxRepetitions: Math.min(request.maxRepetitions, 1) }),
    );

    expect(reading.interfaces).toHaveLength(5);
  });

  it('that chokes on what it need not know is not asked for it again', async () => {
    const chokes: Answerer = (request) =>
      request.oids.some((oid) => oid.startsWith('1.3.6.1.6.3')) ? undefined : honest(request);
    const { port, requestCount } = await device(chokes);
    const reading = readingOf(routerAt(port));
    const first = await reading.read();
    const asked = requestCount();
    const second = await reading.read();

    expect(first).toMatchObject({ state: 'up', uptimeSeconds: 86_400 });
    expect(first.reason).toBeUndefined();
    expect(second.interfaces).toHaveLength(30);
    expect(requestCount() - asked).toBe(12);
  });
});

const knownColumns: string[] = [...Object.values(columns), ...Object.values(olderColumns)];

/** The column that an identifier belongs to. */
function columnOf(oid: string): string {
  return knownColumns.find((column) => oid === column || oid.startsWith(`${column}.`)) ?? oid;
}
