import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import Value from 'typebox/value';
import { createLogger, silentLogger, type Logger } from '../../shared/logger.ts';
import { channelContract } from './channel.contract.ts';
import { email, type EmailConfig } from './email.ts';
import { renderMessage } from './message.ts';
import { createTestCertificate } from './notify-test-certificate.ts';
import { type MailReceiver, startMailReceiver } from './notify-test-kit.ts';
import { sampleNotice } from './notify-test-notice.ts';

const password = 'kata-sandi-rahasia-77';

function configFor(receiver: MailReceiver, smtp: Partial<EmailConfig['smtp']> = {}): EmailConfig {
  return {
    id: 'surel',
    kind: 'email',
    smtp: {
      host: receiver.host,
      port: receiver.port,
      secure: false,
      startTls: 'opportunistic',
      rejectUnauthorized: true,
      ...smtp,
    },
    from: 'Pantau Lebong <pantau@lebong.example>',
    to: ['noc@lebong.example', 'Kepala Bidang <kabid@lebong.example>'],
    timeout: '1s',
  };
}

channelContract(email, async (folder) => {
  const receiver = await startMailReceiver();
  const gone = await startMailReceiver();
  await gone.close();
  const passwordFile = join(folder, 'password');
  writeFileSync(passwordFile, `${password}\n`);
  const smtp = { startTls: 'off', user: 'pantau', passwordFile } as const;
  return {
    config: configFor(receiver, smtp),
    unreachable: configFor(gone, smtp),
    withoutSecretFile: configFor(receiver, { ...smtp, passwordFile: join(folder, 'missing') }),
    secret: password,
    behave(behaviour) {
      receiver.answers = {
        accept: [],
        'fail-for-now': [{ at: 'data' as const, code: 451 }],
        refuse: [{ at: 'data' as const, code: 554 }],
        'refuse-and-echo-secret': [
          { at: 'auth' as const, code: 535, text: `no ${password} ${Buffer.from(password).toString('base64')}` },
        ],
        hang: [{ at: 'data' as const, code: 250, hang: true }],
      }[behaviour];
    },
    taken: () => receiver.mails.map((mail) => String(mail.headers.get('message-id'))),
    reachedCount: () => receiver.attemptCount,
    close: () => receiver.close(),
  };
});

describe('email', () => {
  let receiver: MailReceiver;
  let folder: string;
  beforeEach(async () => {
    receiver = await startMailReceiver();
    folder = mkdtempSync(join(tmpdir(), 'pantau-email-'));
  });
  afterEach(async () => {
    await receiver.close();
    rmSync(folder, { recursive: true, force: true });
  });

  function send(config: EmailConfig, notice = sampleNotice(), logger: Logger = silentLogger) {
    const signal = new AbortController().signal;
    return email.send(config, { notice, ...renderMessage(notice) }, { signal, logger });
  }
  function file(name: string, content: string): string {
    const path = join(folder, name);
    writeFileSync(path, content);
    return path;
  }

  it('sends text and HTML of the same words to every recipient', async () => {
    const notice = sampleNotice({ reason: 'Berkas <b>cadangan</b> & "isi" – tidak ada.' });

    await send(configFor(receiver), notice);

    const { subject, text } = renderMessage(notice);
    const [mail] = receiver.mails;
    expect(receiver.mails).toHaveLength(1);
    expect(mail).toMatchObject({
      from: 'pantau@lebong.example',
      to: ['noc@lebong.example', 'kabid@lebong.example'],
      subject,
    });
    expect(mail?.text.trim()).toBe(text.trim());
    expect(mail?.html).toContain('Berkas &lt;b&gt;cadangan&lt;/b&gt; &amp; &quot;isi&quot; – tidak ada.');
    expect(mail?.headers.get('auto-submitted')).toBe('auto-generated');
    expect(mail?.headers.get('in-reply-to')).toBeUndefined();
  });

  it('answers the opened mail with the resolved one', async () => {
    await send(configFor(receiver));
    await send({ ...configFor(receiver), replyTo: 'piket@lebong.example' }, sampleNotice({ event: 'resolved' }));

    const [opened, resolved] = receiver.mails;
    const openedId = opened?.headers.get('message-id');
    expect(openedId).toMatch(/^<pantau\.[0-9a-f]{32}@lebong\.example>$/);
    expect(resolved?.headers.get('in-reply-to')).toBe(openedId);
    expect(resolved?.headers.get('references')).toBe(openedId);
    expect(resolved?.headers.get('message-id')).not.toBe(openedId);
    expect(resolved?.headers.get('reply-to')).toBe('piket@lebong.example');
  });

  it('lets no value start a header of its own', async () => {
    const notice = sampleNotice({ idempotencyKey: 'a>\r\nBcc: thief@example.org' });
    const signal = new AbortController().signal;
    const message = { notice, subject: 'Satu\r\nBcc: thief@example.org\r\n\r\nisi', text: 'teks' };

    await email.send(configFor(receiver), message, { signal, logger: silentLogger });

    const [mail] = receiver.mails;
    expect(mail?.headers.get('bcc')).toBeUndefined();
    expect(mail?.subject).toBe('Satu Bcc: thief@example.org isi');
    expect(mail?.to).toEqual(['noc@lebong.example', 'kabid@lebong.example']);
    expect(mail?.headers.get('message-id')).toMatch(/^<pantau\.[0-9a-f]{32}@lebong\.example>$/);
  });

  it.each(['a@b.example, c@d.example', 'a@b.example\nBcc: c@d.example', 'no-address', 'A <a@b> <c@d>'])(
    'refuses the recipient %j in the configuration',
    (to) => {
      expect(Value.Check(email.config, { ...configFor(receiver), to: [to] })).toBe(false);
    },
  );

  it.each([
    [421, true],
    [450, true],
    [452, true],
    [550, false],
    [552, false],
  ])('on reply %i for all recipients says retryable: %s', async (code, retryable) => {
    receiver.answers = [
      { at: 'rcpt', code },
      { at: 'rcpt', code },
    ];

    await expect(send(configFor(receiver))).rejects.toMatchObject({ retryable });
  });

  it('counts as delivered when one recipient of two was refused, and says so in the log', async () => {
    const lines: string[] = [];
    receiver.answers = [{ at: 'rcpt', code: 550 }];

    await send(
      configFor(receiver),
      sampleNotice(),
      createLogger(
        (line) => lines.push(line),
        () => 0,
      ),
    );

    expect(receiver.mails[0]?.to).toEqual(['kabid@lebong.example']);
    expect(lines).toHaveLength(1);
    expect(lines[0]).toContain('channel=surel incident=inc-0042 refusedCount=1 acceptedCount=1');
  });

  it('needs user and password together', () => {
    expect(email.problem(configFor(receiver, { user: 'pantau' }))).toBe(
      'smtp.user and smtp.passwordFile belong together; set both or neither',
    );
  });

  it('never sends the password unencrypted unless told so', async () => {
    const smtp = { user: 'pantau', passwordFile: file('password', password) };

    await expect(send(configFor(receiver, smtp))).rejects.toMatchObject({
      code: 'delivery-refused',
      retryable: false,
    });
    expect(receiver.logins).toEqual([]);

    await send(configFor(receiver, { ...smtp, startTls: 'off' }));
    expect(receiver.logins).toEqual([{ user: 'pantau', password }]);
  });

  it.each([{ secure: true }, { startTls: 'required' }, { startTls: 'opportunistic' }] as const)(
    'trusts only a certificate that it can check with %j',
    async (mode) => {
      const { key, cert } = await createTestCertificate();
      const encrypted = await startMailReceiver({ key, cert, secure: 'secure' in mode });
      try {
        const smtp = { ...mode, user: 'pantau', passwordFile: file('password', password) };

        await expect(send(configFor(encrypted, smtp))).rejects.toMatchObject({ message: /certificate/ });
        expect(encrypted.logins).toEqual([]);

        await send(configFor(encrypted, { ...smtp, caFile: file('ca.pem', cert) }));
        await send(configFor(encrypted, { ...smtp, rejectUnauthorized: false }));
        expect(encrypted.mails).toHaveLength(2);
        expect(encrypted.logins).toHaveLength(2);
      } finally {
        await encrypted.close();
      }
    },
  );

  it('refuses a server without STARTTLS when encryption is required', async () => {
    await expect(send(configFor(receiver, { startTls: 'required' }))).rejects.toMatchObject({
      code: 'delivery-refused',
      retryable: false,
    });
    expect(receiver.mails).toEqual([]);
  });
});
