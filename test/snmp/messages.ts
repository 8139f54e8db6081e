/** Just enough BER (X.690) and SNMP v2c (RFC 3416) to play a device, honest or not. */

export const pduTypes = { get: 0xa0, getNext: 0xa1, response: 0xa2, set: 0xa3, getBulk: 0xa5 } as const;

export interface SnmpRequest {
  version: number;
  community: string;
  pduType: number;
  requestId: number;
  nonRepeaters: number;
  maxRepetitions: number;
  oids: string[];
}

export interface SnmpVarbind {
  oid: string;
  /** Encoded, with type and length. */
  value: Buffer;
}

export interface SnmpResponse {
  request: Pick<SnmpRequest, 'version' | 'community' | 'requestId'>;
  varbinds: readonly SnmpVarbind[];
  errorStatus?: number;
}

export function encoded(type: number, ...parts: Buffer[]): Buffer {
  const content = parts.length === 1 && parts[0] !== undefined ? parts[0] : Buffer.concat(parts);
  const { length } = content;
  const header =
    length < 128 ? [type, length] : length < 256 ? [type, 0x81, length] : [type, 0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from(header), content]);
}

function numberBytes(value: bigint): Buffer {
  const bytes: number[] = [];
  let rest = value;
  do {
    bytes.unshift(Number(BigInt.asUintN(8, rest)));
    rest >>= 8n;
  } while (rest !== 0n && rest !== -1n);
  const isNegative = value < 0n;
  if (((bytes[0] ?? 0) & 0x80) !== 0 && !isNegative) bytes.unshift(0);
  if (((bytes[0] ?? 0) & 0x80) === 0 && isNegative) bytes.unshift(0xff);
  return Buffer.from(bytes);
}

export const integer = (value: number) => encoded(0x02, numberBytes(BigInt(value)));
export const text = (value: string) => encoded(0x04, Buffer.from(value));
export const oidValue = (value: string) => encoded(0x06, oidBytes(value));
export const counter32 = (value: number) => encoded(0x41, numberBytes(BigInt(value)));
export const gauge32 = (value: number) => encoded(0x42, numberBytes(BigInt(value)));
export const timeTicks = (value: number) => encoded(0x43, numberBytes(BigInt(value)));
export const counter64 = (value: bigint) => encoded(0x46, numberBytes(value));
export const noSuchInstance = encoded(0x81, Buffer.alloc(0));
export const endOfMibView = encoded(0x82, Buffer.alloc(0));

function oidBytes(oid: string): Buffer {
  const [first = 0, second = 0, ...rest] = oid.split('.').map(Number);
  const bytes: number[] = [];
  for (const part of [first * 40 + second, ...rest]) {
    const septets = [part % 128];
    for (let left = Math.floor(part / 128); left > 0; left = Math.floor(left / 128))
      septets.unshift((left % 128) | 0x80);
    bytes.push(...septets);
  }
  return Buffer.from(bytes);
}

export function encodeVarbind({ oid, value }: SnmpVarbind): Buffer {
  return encoded(0x30, oidValue(oid), value);
}

export function encodeResponse({ request, varbinds, errorStatus = 0 }: SnmpResponse): Buffer {
  const list = encoded(0x30, Buffer.concat(varbinds.map(encodeVarbind)));
  const pdu = encoded(pduTypes.response, integer(request.requestId), integer(errorStatus), integer(0), list);
  return encoded(0x30, integer(request.version), text(request.community), pdu);
}

/** Honest requests only, this is for tests; of version 3 nothing but the version is right. */
export function decodeRequest(bytes: Buffer): SnmpRequest {
  const message = partsOf(contentOf(bytes));
  const [version, community, pdu] = message;
  if (version === undefined || community === undefined || pdu === undefined) throw new RangeError('no SNMP message');
  const [requestId, nonRepeaters, maxRepetitions, list] = partsOf(pdu.content);
  const oids = partsOf(list?.content ?? Buffer.alloc(0)).map(({ content }) => oidText(partsOf(content)[0]?.content));
  return {
    version: numberOf(version.content),
    community: community.content.toString(),
    pduType: pdu.type,
    requestId: numberOf(requestId?.content),
    nonRepeaters: numberOf(nonRepeaters?.content),
    maxRepetitions: numberOf(maxRepetitions?.content),
    oids,
  };
}

interface Part {
  type: number;
  content: Buffer;
}

const contentOf = (bytes: Buffer) => partsOf(bytes)[0]?.content ?? Buffer.alloc(0);

/** What stands side by side in some bytes. */
export function partsOf(bytes: Buffer): Part[] {
  const parts: Part[] = [];
  for (let at = 0; at + 1 < bytes.length;) {
    const type = bytes[at] ?? 0;
    const short = bytes[at + 1] ?? 0;
    const lengthBytes = short < 0x80 ? 0 : short & 0x7f;
    const length = lengthBytes === 0 ? short : bytes.readUIntBE(at + 2, lengthBytes);
    const start = at + 2 + lengthBytes;
    parts.push({ type, content: bytes.subarray(start, start + length) });
    at = start + length;
  }
  return parts;
}

export function numberOf(bytes: Buffer | undefined): number {
  return bytes === undefined || bytes.length === 0 || bytes.length > 6 ? 0 : bytes.readIntBE(0, bytes.length);
}

function oidText(bytes: Buffer = Buffer.alloc(0)): string {
  const numbers: number[] = [];
  let value = 0;
  for (const byte of bytes) {
    value = value * 128 + (byte & 0x7f);
    if ((byte & 0x80) === 0) {
      numbers.push(value);
      value = 0;
    }
  }
  const [first = 0, ...rest] = numbers;
  return [Math.floor(first / 40), first % 40, ...rest].join('.');
}
