import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import type { EmailConfig } from './email.ts';
import { parseMail, type ParsedMail } from './notify-test-mail.ts';
import type { WebhookConfig } from './webhook.ts';

/** Real receivers on a free port of 127.0.0.1, for tests. Both take everything unless told otherwise. */

export interface HttpAnswer {
  status: number;
  headers?: Record<string, string>;
  body?: string;
  /** Take the request and never answer. */
  hang?: boolean;
  /** Send the body, but never its end. */
  endless?: boolean;
}

export interface ReceivedRequest {
  method: string;
  path: string;
  headers: IncomingHttpHeaders;
  body: string;
}

export interface HttpReceiver {
  url: string;
  /** In order of arrival, whatever was answered. */
  requests: ReceivedRequest[];
  /** The next answers, first one first; then `otherwise`. */
  answers: HttpAnswer[];
  otherwise: HttpAnswer;
  close(): Promise<void>;
}

export async function startHttpReceiver(): Promise<HttpReceiver> {
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      receiver.requests.push({
        method: request.method ?? '',
        path: request.url ?? '',
        headers: request.headers,
        body: Buffer.concat(chunks).toString('utf8'),
      });
      answerWith(response, receiver.answers.shift() ?? receiver.otherwise);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const receiver: HttpReceiver = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests: [],
    answers: [],
    otherwise: { status: 200 },
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
  return receiver;
}

function answerWith(response: ServerResponse, answer: HttpAnswer): void {
  if (answer.hang === true) return;
  response.writeHead(answer.status, answer.headers ?? {});
  response.write(answer.body ?? '');
  if (answer.endless !== true) response.end();
}

export interface MailAnswer {
  /** Where in the conversation: the login, the recipient, or the end of the message. */
  at: 'auth' | 'rcpt' | 'data';
  /** Reply code; 250 takes it. */
  code: number;
  text?: string;
  /** Never answer. */
  hang?: boolean;
}

export interface MailReceiver {
  host: string;
  port: number;
  /** Taken mails, in order of arrival. */
  mails: (ParsedMail & { from: string; to: string[] })[];
  /** User and password of each login. */
  logins: { user: string; password: string }[];
  /** Attempts that reached the end of a message, refused ones too. */
  attemptCount: number;
  /** The next answers at their places, first one first. */
  answers: MailAnswer[];
  close(): Promise<void>;
}

/** @param options certificate, `authOptional` and so on; without a key there is no STARTTLS. */
export async function startMailReceiver(options: SMTPServerOptions = {}): Promise<MailReceiver> {
  const receiver: MailReceiver = {
    host: '127.0.0.1',
    port: 0,
    mails: [],
    logins: [],
    attemptCount: 0,
    answers: [],
    close: () => new Promise((resolve) => server.close(resolve)),
  };
  const scripted = (at: MailAnswer['at'], done: (error?: Error | null) => void) => {
    const index = receiver.answers.findIndex((answer) => answer.at === at);
    const answer = index < 0 ? undefined : receiver.answers.splice(index, 1)[0];
    if (answer?.hang === true) return;
    if (answer === undefined || answer.code < 400) done(null);
    else done(Object.assign(new Error(answer.text ?? 'scripted'), { responseCode: answer.code }));
  };
  const server = new SMTPServer({
    authOptional: true,
    disableReverseLookup: true,
    closeTimeout: 200,
    ...(options.key === undefined ? { disabledCommands: ['STARTTLS'] } : {}),
    allowInsecureAuth: true,
    ...options,
    onAuth(auth, _session, callback) {
      receiver.logins.push({ user: auth.username ?? '', password: auth.password ?? '' });
      scripted('auth', (error) => callback(error ?? null, error ? undefined : { user: auth.username ?? '' }));
    },
    onRcptTo: (_address, _session, callback) => scripted('rcpt', callback),
    onData(stream, session, callback) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        receiver.attemptCount += 1;
        scripted('data', (error) => {
          const { mailFrom, rcptTo } = session.envelope;
          if (!error)
            receiver.mails.push({
              ...parseMail(Buffer.concat(chunks).toString('utf8')),
              from: mailFrom === false ? '' : mailFrom.address,
              to: rcptTo.map((recipient) => recipient.address),
            });
          callback(error ?? null);
        });
      });
    },
  });
  server.on('error', () => {});
  const listening = server.listen(0, '127.0.0.1');
  await once(listening, 'listening');
  receiver.port = (listening.address() as AddressInfo).port;
  return receiver;
}

/** A webhook to a receiver, as it stands in `notify`. */
export function webhookConfigTo(url: string, id = 'hook'): WebhookConfig {
  return { id, kind: 'webhook', url, bodyFormat: 'json', timeout: '10s' };
}

/** A mail through a receiver, without encryption or login, as it stands in `notify`. */
export function emailConfigTo(receiver: MailReceiver, id = 'surel'): EmailConfig {
  const { host, port } = receiver;
  return {
    id,
    kind: 'email',
    smtp: { host, port, secure: false, startTls: 'off', rejectUnauthorized: true },
    from: 'pantau@lebong.example',
    to: ['noc@lebong.example'],
    timeout: '10s',
  };
}
