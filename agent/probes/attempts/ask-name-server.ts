import type { ProbeConfig } from '../../../shared/agent-config-schema.ts';
import type { Attempt } from './attempt-several-times.ts';
import { ProbeFailure } from './failure-reasons.ts';

export interface Question {
  /** Address of the name server. */
  server: string;
  port: number;
  name: string;
  recordType: NonNullable<ProbeConfig['recordType']>;
  timeoutMs: number;
}

const reasons: Record<string, string> = {
  ENOTFOUND: 'no-such-name',
  ENODATA: 'no-such-record',
  ESERVFAIL: 'server-failed',
  EREFUSED: 'query-refused',
  ENOTIMP: 'query-refused',
  EFORMERR: 'bad-answer',
  EBADRESP: 'bad-answer',
  EBADNAME: 'bad-answer',
  EBADFAMILY: 'bad-answer',
};

/** @returns what the server says, as text. @throws ProbeFailure, or the system's error. */
export async function askNameServer(attempt: Attempt, question: Question): Promise<string[]> {
  const { server, port, name, recordType, timeoutMs } = question;
  await checkRoute(server, port);
  const { Resolver } = process.getBuiltinModule('node:dns').promises;
  const resolver = new Resolver({ timeout: timeoutMs, tries: 1 });
  resolver.setServers([server.includes(':') ? `[${server}]:${port}` : `${server}:${port}`]);
  const cancel = () => resolver.cancel();
  attempt.signal.addEventListener('abort', cancel, { once: true });
  try {
    if (recordType !== 'MX') return await resolver.resolve(name, recordType);
    const records = await resolver.resolve(name, recordType);
    return records.map(({ priority, exchange }) => `${priority} ${exchange}`);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? '';
    if (code === 'ETIMEOUT') throw new ProbeFailure('timeout');
    throw reasons[code] === undefined ? error : new ProbeFailure(reasons[code]);
  } finally {
    attempt.signal.removeEventListener('abort', cancel);
  }
}

/** The resolver says of a server without a way to it no more than that it was refused. @throws the system's error. */
function checkRoute(server: string, port: number): Promise<void> {
  const dgram = process.getBuiltinModule('node:dgram');
  return new Promise((resolve, reject) => {
    const socket = dgram.createSocket(server.includes(':') ? 'udp6' : 'udp4');
    const finish = (outcome: () => void) => {
      socket.close();
      outcome();
    };
    socket.once('error', (error) => finish(() => reject(error)));
    socket.once('connect', () => finish(resolve));
    socket.connect(port, server);
  });
}
