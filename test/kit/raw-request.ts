import { connect, type Socket } from 'node:net';

export interface RawAnswer {
  status: number;
  headers: Record<string, string>;
  text: string;
}

/**
 * Sends bytes as they are and reads what comes back until the answer is whole or the connection ends: for requests
 * that no proper HTTP client would send.
 * @param pieces sent one after the other, each in a turn of its own.
 */
export function rawRequest(
  url: string,
  pieces: readonly (string | Buffer)[],
  options: { timeoutMs?: number; endsAfterSending?: boolean } = {},
): Promise<RawAnswer | undefined> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve) => {
    const socket = connect(Number(port), hostname);
    let received = Buffer.alloc(0);
    const finish = () => {
      clearTimeout(timer);
      socket.destroy();
      resolve(parsed(received));
    };
    const timer = setTimeout(finish, options.timeoutMs ?? 10_000);
    socket.on('data', (chunk: Buffer) => {
      received = Buffer.concat([received, chunk]);
      if (isWhole(received)) finish();
    });
    // A server that has heard enough closes while we still send.
    socket.on('error', () => {});
    socket.on('close', finish);
    socket.on('connect', () => void sendAll(socket, pieces, options.endsAfterSending === true));
  });
}

async function sendAll(socket: Socket, pieces: readonly (string | Buffer)[], ends: boolean): Promise<void> {
  for (const piece of pieces) {
    if (socket.destroyed) return;
    const roomLeft = socket.write(piece);
    if (!roomLeft) await new Promise((next) => socket.once('drain', next).once('close', next));
    await new Promise((next) => setImmediate(next));
  }
  if (ends) socket.destroy();
}

function split(received: Buffer): { head: string; body: Buffer } | undefined {
  const at = received.indexOf('\r\n\r\n');
  return at === -1 ? undefined : { head: received.subarray(0, at).toString('latin1'), body: received.subarray(at + 4) };
}

function isWhole(received: Buffer): boolean {
  const parts = split(received);
  const length = /^content-length: (\d+)$/im.exec(parts?.head ?? '')?.[1];
  return parts !== undefined && length !== undefined && parts.body.length >= Number(length);
}

function parsed(received: Buffer): RawAnswer | undefined {
  const parts = split(received);
  const status = /^HTTP\/1\.1 (\d{3})/.exec(parts?.head ?? '')?.[1];
  if (parts === undefined || status === undefined) return undefined;
  const headers = parts.head
    .split('\r\n')
    .slice(1)
    .map((line): [string, string] => [
      line.slice(0, line.indexOf(':')).toLowerCase(),
      line.slice(line.indexOf(':') + 2),
    ]);
  return { status: Number(status), headers: Object.fromEntries(headers), text: parts.body.toString() };
}
