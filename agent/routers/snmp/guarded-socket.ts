import { createSocket, type RemoteInfo, type Socket } from 'node:dgram';
import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import { messageOf } from '../../../shared/errors.ts';
import { SnmpProblem } from './problem.ts';

/** What net-snmp wants of `node:dgram`. */
export interface DatagramModule {
  createSocket(): GuardedSocket;
}

type MessageHandler = (bytes: Buffer, from: RemoteInfo) => void;

/** More than an answer to our questions can have; what is larger is somebody's play. */
const maxAnswerBytes = 32 * 1024;
/** Datagrams for one question: who it is, the question, its clock set right, and all of that once again. */
const maxSentPerQuestion = 8;

/**
 * The socket that net-snmp is given. It is connected, so that the kernel lets in only what comes from the device itself
 * and tells when nobody listens there. What net-snmp throws at bytes that it cannot read ends here: in a socket's event
 * it would end the whole agent.
 */
export class GuardedSocket {
  readonly #socket: Socket;
  /** An answer that could not be read, or a socket that failed; the first of them. */
  readonly #onProblem: (problem: SnmpProblem) => void;
  #sentCount = 0;

  constructor(socket: Socket, onProblem: (problem: SnmpProblem) => void) {
    this.#socket = socket;
    this.#onProblem = onProblem;
    socket.on('error', (error) => onProblem(socketProblem(error)));
  }

  /** Other events than answers and the end are looked after here. */
  on(event: string, handler: (...args: never[]) => void): this {
    if (event === 'message') this.#socket.on('message', this.#guarded(handler as MessageHandler));
    if (event === 'close') this.#socket.on('close', handler);
    return this;
  }

  beginQuestion(): void {
    this.#sentCount = 0;
  }

  /** Version 3 lets a device have a question asked anew, which a hostile one would go on with for ever. */
  send(bytes: Buffer, offset: number, length: number, ...rest: unknown[]): void {
    if (++this.#sentCount > maxSentPerQuestion) {
      this.#onProblem(badAnswer('it has the same asked again and again'));
      return;
    }
    const callback = rest.at(-1) as (error: Error | null, byteCount: number) => void;
    this.#socket.send(bytes, offset, length, callback);
  }

  ref(): void {
    this.#socket.ref();
  }

  unref(): void {
    this.#socket.unref();
  }

  close(): void {
    this.#socket.close();
  }

  /** Of bytes that are no answer. */
  tell(error: Error): void {
    this.#onProblem(badAnswer(messageOf(error), error));
  }

  #guarded(handler: MessageHandler): MessageHandler {
    return (bytes, from) => {
      try {
        if (bytes.length > maxAnswerBytes) throw new RangeError(`an answer of ${bytes.length} bytes`);
        handler(bytes, from);
      } catch (cause) {
        this.#onProblem(badAnswer(messageOf(cause), cause));
      }
    };
  }
}

export function badAnswer(detail: string, cause?: unknown): SnmpProblem {
  return new SnmpProblem('bad-answer', `The answer cannot be understood: ${detail}.`, { cause });
}

/** @throws SnmpProblem `unknown-host` or `unreachable`. */
export async function openSocket(host: string, port: number): Promise<{ socket: Socket; address: string }> {
  const bare = host.replace(/^\[(.*)\]$/, '$1');
  const address = isIP(bare) === 0 ? await addressOf(bare) : bare;
  const socket = createSocket(isIP(address) === 6 ? 'udp6' : 'udp4');
  try {
    await new Promise<void>((resolve, reject) => {
      // In case of failure it is called with the error, which the type does not know.
      socket.connect(port, address, ((error?: Error) => (error ? reject(error) : resolve())) as () => void);
    });
    return { socket, address };
  } catch (error) {
    socket.close();
    throw socketProblem(error as NodeJS.ErrnoException);
  }
}

async function addressOf(name: string): Promise<string> {
  try {
    return (await lookup(name)).address;
  } catch (cause) {
    throw new SnmpProblem('unknown-host', `The name ${name} has no address: ${messageOf(cause)}.`, { cause });
  }
}

function socketProblem(error: NodeJS.ErrnoException): SnmpProblem {
  if (error.code === 'ECONNREFUSED') {
    return new SnmpProblem('port-closed', 'Nobody listens for SNMP there.', { cause: error });
  }
  return new SnmpProblem('unreachable', `It cannot be reached: ${messageOf(error)}.`, { cause: error });
}
