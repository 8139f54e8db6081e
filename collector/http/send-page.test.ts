import { randomBytes } from 'node:crypto';
import { createServer, get, type IncomingMessage } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { buffer, text } from 'node:stream/consumers';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it, onTestFinished } from 'vitest';
import { waitUntil } from '../../test/kit/wait-until.ts';
import { type Pieces, sendPage, type SendOptions } from './send-page.ts';

/** One page on a real socket, and what became of each time it was sent. */
async function served(pieces: () => Pieces, options: SendOptions) {
  const endings: string[] = [];
  const server = createServer((_request, response) => {
    sendPage(pieces(), response, options).then(
      () => endings.push('over'),
      (error: Error) => endings.push(error.message),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  const ask = () =>
    new Promise<IncomingMessage>((resolve, reject) => {
      get({ port, host: '127.0.0.1', agent: false }, resolve).on('error', reject);
    });
  return { endings, port, ask };
}

/** Pieces in one memory, as the page has them: each is overwritten as soon as the next is asked for. */
async function* reused(count: number): AsyncGenerator<Buffer> {
  const bytes = Buffer.alloc(64 * 1024);
  for (let number = 0; number < count; number += 1) {
    bytes.fill(`piece ${number} `);
    yield bytes;
    await new Promise((next) => setImmediate(next));
    bytes.fill('!');
  }
}

async function expected(count: number): Promise<string> {
  let whole = '';
  for await (const piece of reused(count)) whole += piece.toString();
  return whole;
}

describe('a page', () => {
  it.each([false, true])('arrives whole though its pieces share their memory, gzip: %s', async (gzip) => {
    const { ask, endings } = await served(() => reused(40), { gzip });
    const answer = await ask();
    const body = await buffer(answer);

    expect(answer.headers['content-encoding']).toBe(gzip ? 'gzip' : undefined);
    expect((gzip ? gunzipSync(body) : body).toString() === (await expected(40))).toBe(true);
    await waitUntil('the page to be sent', () => endings.length > 0);
    expect(endings).toEqual(['over']);
  });

  it.each([
    ['tiny', '# EOF\n', { gzip: true }, undefined],
    ['tiny, and nothing but gzip is taken', '# EOF\n', { gzip: true, onlyGzip: true }, 'gzip'],
    ['of some size', 'x'.repeat(2000), { gzip: true }, 'gzip'],
    ['empty', '', { gzip: true }, undefined],
  ])('that is %s', async (_name, whole, options, coding) => {
    const { ask } = await served(() => (whole === '' ? [] : [whole]), options);
    const answer = await ask();
    const body = await buffer(answer);

    expect(answer.headers['content-encoding']).toBe(coding);
    expect((coding === 'gzip' ? gunzipSync(body) : body).toString()).toBe(whole);
  });

  it('that breaks off in the middle is cut, so that nobody takes it for whole', async () => {
    async function* broken() {
      yield* reused(3);
      throw new Error('the store broke');
    }
    const { ask, endings } = await served(broken, { gzip: false });

    await expect(ask().then((answer) => text(answer))).rejects.toThrow('aborted');
    expect(endings).toEqual(['the store broke']);
  });
});

describe.each([false, true])('a reader, gzip: %s,', (gzip) => {
  /** A page without end that says how far it got and whether it was ended. */
  function endless() {
    const seen = { pieceCount: 0, isEnded: false };
    // Noise, so that gzip does not make the pieces vanish.
    const bytes = randomBytes(64 * 1024);
    async function* pieces() {
      try {
        for (;;) {
          seen.pieceCount += 1;
          yield bytes;
          await new Promise((next) => setImmediate(next));
        }
      } finally {
        seen.isEnded = true;
      }
    }
    return { seen, pieces };
  }

  it('that leaves ends the work', async () => {
    const { seen, pieces } = endless();
    const { ask, endings } = await served(pieces, { gzip });
    const answer = await ask();
    answer.on('error', () => {});
    await waitUntil('the first pieces', () => seen.pieceCount > 3);
    answer.destroy();

    await waitUntil('the end of the work', () => seen.isEnded && endings.length > 0);
    expect(endings).toEqual(['over']);
  });

  it('that takes nothing holds one piece, and is cut after a while', async () => {
    const { seen, pieces } = endless();
    const { port, endings } = await served(pieces, { gzip, stallMs: 300 });
    const socket = connect(port, '127.0.0.1');
    onTestFinished(() => void socket.destroy());
    socket.on('error', () => {});
    socket.pause();
    socket.write('GET / HTTP/1.1\r\nhost: x\r\n\r\n');

    await waitUntil('the end of the work', () => seen.isEnded && endings.length > 0);
    // What the kernel and the two streams take is some megabytes, and that is all.
    expect(seen.pieceCount).toBeLessThan(400);
  });
});
