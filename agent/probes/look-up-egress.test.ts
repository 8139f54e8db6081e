import { createServer, type RequestListener } from 'node:http';
import { describe, expect, it, onTestFinished } from 'vitest';
import { lookUpEgress } from './look-up-egress.ts';

async function pageOf(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as { port: number }).port}/alamat?x=1`;
}
const ask = (url: string, timeoutMs = 5000) => lookUpEgress(url, timeoutMs, new AbortController().signal);
const saying = (text: string, status = 200) =>
  pageOf((_request, response) => void response.writeHead(status, { location: '/other' }).end(text));

describe('address that the internet sees', () => {
  it('is what the page answers, a line end or not', async () => {
    const asked: (string | undefined)[] = [];
    const url = await pageOf((request, response) => {
      asked.push(request.url);
      response.end('36.66.1.2\n');
    });
    expect(await ask(url)).toBe('36.66.1.2');
    expect(asked).toEqual(['/alamat?x=1']);
    expect(await ask(await saying('2001:db8::7'))).toBe('2001:db8::7');
  });

  it.each([
    { name: 'a page', text: '<html>36.66.1.2</html>', status: 200, reason: 'bad-answer' },
    { name: 'two addresses', text: '36.66.1.2 36.66.1.3', status: 200, reason: 'bad-answer' },
    { name: 'nothing', text: '', status: 200, reason: 'bad-answer' },
    {
      name: 'an address with much round it',
      text: `${' '.repeat(20)}x${'1'.repeat(80)}`,
      status: 200,
      reason: 'bad-answer',
    },
    { name: 'an address of one link only', text: 'fe80::1%eth0', status: 200, reason: 'bad-answer' },
    { name: 'an error', text: '36.66.1.2', status: 500, reason: 'unexpected-status' },
    { name: 'another page', text: '36.66.1.2', status: 302, reason: 'unexpected-status' },
  ])('is not known when the page answers with $name', async ({ text, status, reason }) => {
    await expect(ask(await saying(text, status))).rejects.toMatchObject({
      code: 'egress-unknown',
      message: `the address that the internet sees is not known: ${reason}`,
    });
  });

  it('is not known when the page does not answer in time, and the question ends with the agent', async () => {
    const silent = await pageOf(() => {});
    await expect(ask(silent, 100)).rejects.toMatchObject({ message: expect.stringContaining('timeout') });
    const controller = new AbortController();
    const asking = lookUpEgress(silent, 60_000, controller.signal);
    controller.abort(new Error('stop'));
    await expect(asking).rejects.toThrow('stop');
  });
});
