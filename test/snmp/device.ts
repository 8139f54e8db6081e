import { createSocket, type Socket } from 'node:dgram';
import {
  decodeRequest,
  encodeResponse,
  endOfMibView,
  noSuchInstance,
  pduTypes,
  type SnmpRequest,
  type SnmpVarbind,
} from './messages.ts';

/** What a device knows: encoded values by identifier. */
export type Mib = ReadonlyMap<string, Buffer>;

/** Answers of a device; nothing when it stays silent. */
export type Answerer = (request: SnmpRequest, bytes: Buffer) => Buffer | undefined | Promise<Buffer | undefined>;

/** Answers as the standard asks for. Values may be replaced in the map at any time, but no identifiers added. */
export function honestAnswerer(mib: Mib, community = 'public'): (request: SnmpRequest) => Buffer | undefined {
  const oids = [...mib.keys()].sort(byOid);
  const places = new Map(oids.map((oid, place) => [oid, place]));
  const afterKnown = new Map<string, number>();
  const placeAfter = (oid: string): number => {
    const place = places.get(oid);
    if (place !== undefined) return place + 1;
    const known = afterKnown.get(oid) ?? oids.findIndex((each) => byOid(each, oid) > 0);
    afterKnown.set(oid, known);
    return known === -1 ? oids.length : known;
  };
  const varbindAt = (place: number, asked: string): SnmpVarbind => {
    const oid = oids[place];
    return oid === undefined ? { oid: asked, value: endOfMibView } : { oid, value: mib.get(oid) ?? noSuchInstance };
  };
  return (request) => {
    if (request.community !== community) return undefined;
    return encodeResponse({ request, varbinds: varbindsFor(request, { mib, placeAfter, varbindAt }) });
  };
}

interface Lookup {
  mib: Mib;
  placeAfter: (oid: string) => number;
  varbindAt: (place: number, asked: string) => SnmpVarbind;
}

function varbindsFor(
  { pduType, oids, maxRepetitions }: SnmpRequest,
  { mib, placeAfter, varbindAt }: Lookup,
): SnmpVarbind[] {
  if (pduType === pduTypes.get) return oids.map((oid) => ({ oid, value: mib.get(oid) ?? noSuchInstance }));
  const repetitions = pduType === pduTypes.getBulk ? maxRepetitions : 1;
  const places = oids.map(placeAfter);
  const varbinds: SnmpVarbind[] = [];
  for (let round = 0; round < repetitions; round++) {
    for (const [column, place] of places.entries()) varbinds.push(varbindAt(place + round, oids[column] ?? ''));
  }
  return varbinds;
}

function byOid(a: string, b: string): number {
  const [left, right] = [a.split('.'), b.split('.')];
  for (let place = 0; place < Math.max(left.length, right.length); place++) {
    const difference = Number(left[place] ?? -1) - Number(right[place] ?? -1);
    if (difference !== 0) return difference;
  }
  return 0;
}

export interface Device {
  port: number;
  /** How many requests it got. */
  requestCount: () => number;
  close(): Promise<void>;
}

/** A device on a port of its own. */
export async function openDevice(answer: Answerer, place: { address?: string; port?: number } = {}): Promise<Device> {
  const socket = createSocket('udp4');
  let requestCount = 0;
  socket.on('message', (bytes, from) => {
    requestCount++;
    void reply(socket, from, answer(decodeRequest(bytes), bytes));
  });
  await new Promise<void>((resolve, reject) => {
    socket.once('error', reject);
    socket.bind(place.port ?? 0, place.address ?? '127.0.0.1', resolve);
  });
  let isOpen = true;
  return {
    port: socket.address().port,
    requestCount: () => requestCount,
    close: () =>
      new Promise<void>((resolve) => {
        if (!isOpen) resolve();
        else socket.close(() => resolve());
        isOpen = false;
      }),
  };
}

async function reply(
  socket: Socket,
  { port, address }: { port: number; address: string },
  answer: Buffer | undefined | Promise<Buffer | undefined>,
): Promise<void> {
  const bytes = answer instanceof Promise ? await answer : answer;
  if (bytes === undefined) return;
  try {
    socket.send(bytes, port, address, () => {});
  } catch {
    // The test has ended while the answer was made; nobody waits for it.
  }
}
