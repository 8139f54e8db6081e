import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { silentLogger } from '../../shared/logger.ts';
import { channelContract } from './channel.contract.ts';
import { renderMessage } from './message.ts';
import { createTestCertificate } from './notify-test-certificate.ts';
import { type HttpReceiver, startHttpReceiver } from './notify-test-kit.ts';
import { sampleNotice } from './notify-test-notice.ts';
import { webhook, type WebhookConfig } from './webhook.ts';

const secret = 'tk-9f27c1d4e6-rahasia';

channelContract(webhook, async (folder) => {
  const receiver = await startHttpReceiver();
  const gone = await startHttpReceiver();
  await gone.close();
  const file = join(folder, 'token');
  writeFileSync(file, `Bearer ${secret}\n`);
  const config: WebhookConfig = {
    id: 'gateway',
    kind: 'webhook',
    url: `${receiver.url}/hook?key=${secret}`,
    headers: { Authorization: { file } },
    bodyFormat: 'json',
    timeout: '1s',
  };
  const keys = () => receiver.requests.map((request) => String(request.headers['idempotency-key']));
  return {
    config,
    unreachable: { ...config, url: `${gone.url}/${secret}` },
    withoutSecretFile: { ...config, headers: { Authorization: { file: join(folder, 'missing') } } },
    secret,
    behave(behaviour) {
      receiver.otherwise = {
        accept: { status: 200 },
        'fail-for-now': { status: 503 },
        refuse: { status: 403 },
        'refuse-and-echo-secret': {
          status: 401,
          body: JSON.stringify({ message: `bad token ${secret} / ${Buffer.from(secret).toString('base64')}` }),
        },
        hang: { status: 200, hang: true },
      }[behaviour];
    },
    taken: () => (receiver.otherwise.status === 200 ? keys() : []),
    reachedCount: () => receiver.requests.length,
    close: () => receiver.close(),
  };
});

describe('webhook', () => {
  let receiver: HttpReceiver;
  let folder: string;
  beforeEach(async () => {
    receiver = await startHttpReceiver();
    folder = mkdtempSync(join(tmpdir(), 'pantau-webhook-'));
  });
  afterEach(async () => {
    await receiver.close();
    rmSync(folder, { recursive: true, force: true });
  });

  function configWith(changes: Partial<WebhookConfig> = {}): WebhookConfig {
    return { id: 'w', kind: 'webhook', url: `${receiver.url}/hook`, bodyFormat: 'json', timeout: '5s', ...changes };
  }
  function send(config: WebhookConfig, notice = sampleNotice()) {
    const signal = new AbortController().signal;
    return webhook.send(config, { notice, ...renderMessage(notice) }, { signal, logger: silentLogger });
  }

  it('posts the notice, its times in the local zone, and the text', async () => {
    const opened = sampleNotice();
    const notice = sampleNotice({
      event: 'resolved',
      timezone: 'Asia/Makassar',
      incident: { ...opened.incident, resolvedAtMs: opened.incident.sinceMs + 90_000 },
    });

    await send(configWith({ headers: { 'X-Unit': 'diskominfo' } }), notice);

    const [request] = receiver.requests;
    expect(request).toMatchObject({
      method: 'POST',
      path: '/hook',
      headers: {
        'content-type': 'application/json',
        'idempotency-key': 'inc-0042/resolved',
        'x-unit': 'diskominfo',
      },
    });
    expect(JSON.parse(request?.body ?? '')).toEqual({
      schema: 'pantau.notice/1',
      notice: {
        ...notice,
        incident: {
          ...notice.incident,
          since: '2026-11-21T03:00:00.000+08:00',
          resolvedAt: '2026-11-21T03:01:30.000+08:00',
        },
      },
      ...renderMessage(notice),
    });
  });

  it('fills a template once, so that text from a report cannot add fields or placeholders', async () => {
    const notice = sampleNotice({ reason: 'kutip " dan {{subject}} dan $& tetap apa adanya' });

    await send(
      configWith({ bodyTemplate: { chat_id: -100123, text: '{{subject}}\n{{text}}', silent: false } }),
      notice,
    );

    const { subject, text } = renderMessage(notice);
    expect(text).toContain('{{subject}} dan $&');
    expect(JSON.parse(receiver.requests[0]?.body ?? '')).toEqual({
      chat_id: -100123,
      text: `${subject}\n${text}`,
      silent: false,
    });
  });

  it('sends a template as a form when the gateway wants one', async () => {
    await send(configWith({ bodyFormat: 'form', bodyTemplate: { target: '0812&x=1', message: '{{text}}' } }));

    const [request] = receiver.requests;
    expect(request?.headers['content-type']).toBe('application/x-www-form-urlencoded');
    expect(Object.fromEntries(new URLSearchParams(request?.body))).toEqual({
      target: '0812&x=1',
      message: renderMessage(sampleNotice()).text,
    });
  });

  it.each([200, 201, 202, 204])('takes %i as delivered', async (status) => {
    receiver.otherwise = { status };

    await expect(send(configWith())).resolves.toBeUndefined();
  });

  it.each([
    [408, true],
    [425, true],
    [429, true],
    [500, true],
    [502, true],
    [503, true],
    [400, false],
    [401, false],
    [404, false],
    [410, false],
    [302, false],
  ])('on %i says retryable: %s', async (status, retryable) => {
    receiver.otherwise = { status, headers: { location: `${receiver.url}/elsewhere` } };

    await expect(send(configWith())).rejects.toMatchObject({ retryable });
    expect(receiver.requests.map((request) => request.path)).toEqual(['/hook']);
  });

  it.each([
    [{ 'retry-after': '17' }, 17],
    [{ 'retry-after': 'Sat, 21 Nov 2026 10:00:30 GMT', date: 'Sat, 21 Nov 2026 10:00:00 GMT' }, 30],
    [{ 'retry-after': 'soon' }, undefined],
    [{}, undefined],
  ])('reads Retry-After %j', async (headers: Record<string, string>, retryAfterSeconds) => {
    receiver.otherwise = { status: 429, headers };

    await expect(send(configWith())).rejects.toMatchObject({ retryable: true, retryAfterSeconds });
  });

  it("shows the gateway's reason in one line", async () => {
    receiver.otherwise = { status: 400, body: '{"ok":false,"description":"Bad Request:\\n chat not found"}' };

    await expect(send(configWith())).rejects.toThrow(
      `webhook at ${receiver.url} refused with 400: Bad Request:  chat not found`,
    );
  });

  it('does not believe a 200 whose body says that nothing was sent', async () => {
    receiver.answers = [
      { status: 200, body: '{"status":false,"reason":"device disconnected"}' },
      { status: 200, body: 'OK' },
      { status: 200, body: '{"status":true}' },
    ];
    const config = configWith({ expect: { status: true } });

    await expect(send(config)).rejects.toMatchObject({
      code: 'delivery-not-confirmed',
      message: `webhook at ${receiver.url} answered 200 without what expect asks for: device disconnected`,
    });
    await expect(send(config)).rejects.toMatchObject({ code: 'delivery-not-confirmed' });
    await expect(send(config)).resolves.toBeUndefined();
  });

  it('does not wait for the end of an answer', async () => {
    receiver.answers = [
      { status: 200, endless: true },
      { status: 200, body: `{"status":true}${' '.repeat(100_000)}`, endless: true },
      { status: 400, body: `{"reason":"late"}${' '.repeat(100_000)}`, endless: true },
    ];

    await expect(send(configWith())).resolves.toBeUndefined();
    await expect(send(configWith({ expect: { status: true } }))).resolves.toBeUndefined();
    await expect(send(configWith())).rejects.toThrow('refused with 400: late');
  });

  it('keeps the address out of errors when it stands in a file, and reads the file again each time', async () => {
    const file = join(folder, 'address');
    writeFileSync(file, `${receiver.url}/bot123456:ABC-very-secret/sendMessage\n`);
    receiver.otherwise = { status: 404, body: '{"message":"no ABC-very-secret here"}' };

    await expect(send(configWith({ url: { file } }))).rejects.toThrow(
      `webhook at ${receiver.url} refused with 404: no <secret> here`,
    );
    writeFileSync(file, `${receiver.url}/repaired\n`);
    receiver.otherwise = { status: 200 };
    await send(configWith({ url: { file } }));
    expect(receiver.requests.at(-1)?.path).toBe('/repaired');
  });

  it.each([
    [{ headers: { Host: 'x' } }, 'headers must not set Host; Pantau sets it itself'],
    [{ headers: { 'idempotency-KEY': 'x' } }, 'headers must not set idempotency-KEY; Pantau sets it itself'],
    [{ bodyFormat: 'form' }, 'bodyFormat form needs a bodyTemplate that names the fields of the form'],
    [
      { bodyTemplate: { text: 'alert' } },
      'bodyTemplate holds neither {{text}} nor {{subject}}, so the message would be lost; put one into a field',
    ],
    [{ url: 'http://[bad' }, 'url must be a full address that starts with http:// or https://'],
    [
      { caFile: '/nonexistent/ca.pem' },
      'the file /nonexistent/ca.pem cannot be used: ENOENT; check the path, its owner and mode',
    ],
  ] as [Partial<WebhookConfig>, string][])('names the problem of %j', (changes, sentence) => {
    expect(webhook.problem(configWith(changes))).toBe(sentence);
  });

  describe('over TLS', () => {
    let server: Server;
    let url: string;
    let caFile: string;
    beforeEach(async () => {
      const { key, cert } = await createTestCertificate();
      server = createServer({ key, cert }, (_request, response) => response.end());
      server.listen(0, '127.0.0.1');
      await once(server, 'listening');
      url = `https://127.0.0.1:${(server.address() as AddressInfo).port}/`;
      caFile = join(folder, 'ca.pem');
      writeFileSync(caFile, cert);
    });
    afterEach(async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    });

    it('refuses a certificate that nobody vouches for, and names the remedy', async () => {
      await expect(send(configWith({ url }))).rejects.toMatchObject({
        retryable: false,
        message: `webhook at ${new URL(url).origin} shows a certificate that is not trusted (DEPTH_ZERO_SELF_SIGNED_CERT); set caFile`,
      });
    });

    it('accepts it with caFile', async () => {
      await expect(send(configWith({ url, caFile }))).resolves.toBeUndefined();
    });
  });
});
