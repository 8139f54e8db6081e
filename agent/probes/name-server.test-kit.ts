import { createSocket } from 'node:dgram';
import { createServer } from 'node:net';
import { once } from 'node:events';

const types: Record<string, number> = { A: 1, NS: 2, CNAME: 5, MX: 15, AAAA: 28 };
const codes = { noSuchName: 3, failed: 2, refused: 5 } as const;
const flagAnswer = 0x8400;
const flagTruncated = 0x0200;

export interface ZoneRecord {
  type: string;
  /** As a person would write it: `10.0.0.1`, `ns.example`, `10 mail.example`. */
  value: string;
}

/** What the server does with a name: records, an error, silence, nonsense, or records that only TCP has room for. */
export type ZoneEntry = ZoneRecord[] | keyof typeof codes | 'silent' | 'garbage' | { tooLong: ZoneRecord[] };

export interface NameServer {
  port: number;
  /** Questions so far, as `udp A name`. */
  asked: string[];
  close(): Promise<void>;
}

/** A real name server for tests, on UDP and TCP of 127.0.0.1. Names that are not in the zone do not exist. */
export async function startNameServer(zone: Record<string, ZoneEntry>): Promise<NameServer> {
  const asked: string[] = [];
  const answer = (question: Buffer, way: 'udp' | 'tcp'): Buffer | undefined => {
    const { name, type, end } = readQuestion(question);
    asked.push(`${way} ${typeName(type)} ${name}`);
    const entry = zone[name] ?? 'noSuchName';
    if (entry === 'silent') return undefined;
    if (entry === 'garbage')
      return Buffer.concat([question.subarray(0, 2), Buffer.from([0x84, 0, 0, 1, 0, 9, 0, 0, 0, 0, 255])]);
    if (typeof entry === 'string') return message(question, end, { flags: flagAnswer | codes[entry], records: [] });
    const records = (Array.isArray(entry) ? entry : entry.tooLong).filter((one) => types[one.type] === type);
    const isCut = !Array.isArray(entry) && way === 'udp';
    return message(question, end, { flags: flagAnswer | (isCut ? flagTruncated : 0), records: isCut ? [] : records });
  };
  const tcp = createServer((socket) => {
    socket.on('error', () => {});
    socket.once('data', (data) => {
      const said = answer(data.subarray(2), 'tcp');
      if (said === undefined) return;
      const length = Buffer.alloc(2);
      length.writeUInt16BE(said.length);
      socket.end(Buffer.concat([length, said]));
    });
  });
  tcp.listen(0, '127.0.0.1');
  await once(tcp, 'listening');
  const { port } = tcp.address() as { port: number };
  const udp = createSocket('udp4', (data, from) => {
    const said = answer(data, 'udp');
    if (said !== undefined) udp.send(said, from.port, from.address);
  });
  udp.bind(port, '127.0.0.1');
  await once(udp, 'listening');
  return {
    port,
    asked,
    close: async () => {
      udp.close();
      tcp.close();
      await Promise.all([once(udp, 'close'), once(tcp, 'close')]);
    },
  };
}

function readQuestion(message: Buffer): { name: string; type: number; end: number } {
  const labels: string[] = [];
  let at = 12;
  for (let length = message[at] ?? 0; length > 0; length = message[at] ?? 0) {
    labels.push(message.toString('latin1', at + 1, at + 1 + length));
    at += length + 1;
  }
  return { name: labels.join('.').toLowerCase(), type: message.readUInt16BE(at + 1), end: at + 5 };
}

function message(question: Buffer, end: number, { flags, records }: { flags: number; records: ZoneRecord[] }): Buffer {
  const head = Buffer.alloc(12);
  question.copy(head, 0, 0, 2);
  head.writeUInt16BE(flags, 2);
  head.writeUInt16BE(1, 4);
  head.writeUInt16BE(records.length, 6);
  return Buffer.concat([head, question.subarray(12, end), ...records.map(recordBytes)]);
}

function recordBytes({ type, value }: ZoneRecord): Buffer {
  const data = dataBytes(type, value);
  const head = Buffer.alloc(12);
  // The name is the question's, by reference.
  head.writeUInt16BE(0xc00c, 0);
  head.writeUInt16BE(types[type] ?? 0, 2);
  head.writeUInt16BE(1, 4);
  head.writeUInt32BE(60, 6);
  head.writeUInt16BE(data.length, 10);
  return Buffer.concat([head, data]);
}

function dataBytes(type: string, value: string): Buffer {
  if (type === 'A') return Buffer.from(value.split('.').map(Number));
  if (type === 'AAAA')
    return Buffer.from(
      value
        .split(':')
        .map((group) => group.padStart(4, '0'))
        .join(''),
      'hex',
    );
  const [priority, target] = type === 'MX' ? value.split(' ') : [undefined, value];
  const labels = (target ?? '').split('.').flatMap((label) => [Buffer.from([label.length]), Buffer.from(label)]);
  const name = Buffer.concat([...labels, Buffer.from([0])]);
  return priority === undefined ? name : Buffer.concat([Buffer.from([0, Number(priority)]), name]);
}

function typeName(type: number): string {
  return Object.entries(types).find(([, number]) => number === type)?.[0] ?? String(type);
}
