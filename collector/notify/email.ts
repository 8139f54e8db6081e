import Type from 'typebox';
import { hostPattern } from '../../shared/agent-config-schema.ts';
import { durationSeconds } from '../../shared/duration.ts';
import { AppError, messageOf } from '../../shared/errors.ts';
import type { Channel, ChannelMessage } from './channel.ts';
import { ChannelId, FilePath, strict, Timeout } from './config-fields.ts';
import { domainOf, emailContent } from './email-content.ts';
import { codeOf, safeCause } from './mask-secrets.ts';
import { readSecret, readSmallFile } from './secret-file.ts';
import { withDeadline } from './send-deadline.ts';

/** nodemailer's codes for what no waiting repairs: TLS, authentication, addresses, settings. */
const repairCodes = new Set(['ETLS', 'EAUTH', 'ENOAUTH', 'EENVELOPE', 'EMESSAGE', 'ECONFIG']);

/** `address` or `Name <address>`; no separators, so that one entry stays one address. */
const addressPattern =
  '^(?:[^<>@,;:"\\\\\\u0000-\\u001f\\u007f]*<[^\\s<>@,;:"\\\\]+@[^\\s<>@,;:"\\\\]+>|[^\\s<>@,;:"\\\\]+@[^\\s<>@,;:"\\\\]+)$';
const Address = Type.String({
  pattern: addressPattern,
  maxLength: 320,
  description: 'an address such as noc@example.go.id or Pantau <noc@example.go.id>',
});

const Smtp = Type.Object(
  {
    host: Type.String({ pattern: hostPattern }),
    port: Type.Integer({ minimum: 1, maximum: 65535, default: 587 }),
    secure: Type.Boolean({ default: false, description: 'TLS from the first byte (usually port 465)' }),
    startTls: Type.Union([Type.Literal('required'), Type.Literal('opportunistic'), Type.Literal('off')], {
      default: 'opportunistic',
      description: 'opportunistic encrypts when the server offers it; with a user it must, unless this is off',
    }),
    user: Type.Optional(Type.String({ minLength: 1, maxLength: 256 })),
    passwordFile: Type.Optional(FilePath),
    rejectUnauthorized: Type.Boolean({ default: true, description: 'false accepts any certificate of the server' }),
    caFile: Type.Optional(FilePath),
  },
  strict,
);

const EmailConfigSchema = Type.Object(
  {
    id: ChannelId,
    kind: Type.Literal('email'),
    smtp: Smtp,
    from: Address,
    to: Type.Array(Address, { minItems: 1, maxItems: 50 }),
    replyTo: Type.Optional(Address),
    timeout: Timeout,
  },
  strict,
);
export type EmailConfig = Type.Static<typeof EmailConfigSchema>;

export const email: Channel<typeof EmailConfigSchema> = {
  kind: 'email',
  docs: 'E-mail through an SMTP server.',
  config: EmailConfigSchema,

  problem({ smtp }) {
    if ((smtp.user === undefined) !== (smtp.passwordFile === undefined))
      return 'smtp.user and smtp.passwordFile belong together; set both or neither';
    try {
      readFiles(smtp);
      return undefined;
    } catch (error) {
      return messageOf(error);
    }
  },

  async send(config, message, { signal, logger }) {
    const { smtp } = config;
    const files = readFiles(smtp);
    const secrets = secretsOf(smtp.user, files.password);
    const timeoutMs = durationSeconds(config.timeout) * 1000;
    const what = `mail server ${smtp.host}:${smtp.port}`;
    await withDeadline({ what, timeoutMs, signal }, async (signal) => {
      const info = await submit(config, files, message, { signal, timeoutMs }).catch((error: unknown) => {
        throw failureOf(what, error, secrets);
      });
      // Some have it: sending it again to all for the sake of the others would be noise without an end.
      if (info.rejected.length > 0)
        logger.error('mail server refused some recipients of an alert; check the addresses in to', {
          channel: config.id,
          incident: message.notice.incident.id,
          refusedCount: info.rejected.length,
          acceptedCount: info.accepted.length,
        });
    });
  },
};

interface SmtpFiles {
  password: string | undefined;
  ca: string | undefined;
}

function readFiles(smtp: EmailConfig['smtp']): SmtpFiles {
  return {
    password: smtp.passwordFile === undefined ? undefined : readSecret({ file: smtp.passwordFile }),
    ca: smtp.caFile === undefined ? undefined : readSmallFile(smtp.caFile),
  };
}

function secretsOf(user = '', password = ''): string[] {
  return password === '' ? [] : [password, `\0${user}\0${password}`];
}

/** nodemailer is loaded with the first message only: reading a configuration must not cost it. */
async function submit(
  { smtp, from, to, replyTo }: EmailConfig,
  { password, ca }: SmtpFiles,
  message: ChannelMessage,
  { signal, timeoutMs }: { signal: AbortSignal; timeoutMs: number },
) {
  const { createTransport } = await import('nodemailer');
  const withPassword = smtp.user !== undefined && password !== undefined;
  const transport = createTransport({
    host: smtp.host,
    port: smtp.port,
    secure: smtp.secure,
    ignoreTLS: smtp.startTls === 'off',
    // A password travels in the clear only when the configuration says so in words.
    requireTLS: !smtp.secure && (smtp.startTls === 'required' || (withPassword && smtp.startTls !== 'off')),
    ...(withPassword ? { auth: { user: smtp.user, pass: password } } : {}),
    tls: { rejectUnauthorized: smtp.rejectUnauthorized, ...(ca === undefined ? {} : { ca }) },
    connectionTimeout: timeoutMs,
    greetingTimeout: timeoutMs,
    socketTimeout: timeoutMs,
    dnsTimeout: timeoutMs,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  try {
    return await transport.sendMail({
      from,
      to,
      ...(replyTo === undefined ? {} : { replyTo }),
      ...emailContent(message, domainOf(from)),
      signal,
    });
  } finally {
    transport.close();
  }
}

/** Reply codes of RFC 5321: 4yz passes by itself, 5yz needs a repair. Without one the network is to blame. */
function failureOf(what: string, error: unknown, secrets: string[]): AppError {
  const cause = safeCause(error, secrets);
  const code = codeOf(error);
  const responseCode =
    typeof error === 'object' && error !== null && 'responseCode' in error ? Number(error.responseCode) : undefined;
  const options = { status: 502, cause };
  if (responseCode !== undefined && responseCode >= 500)
    return new AppError('delivery-refused', `${what} refused: ${cause.message}`, { ...options, retryable: false });
  if (responseCode !== undefined)
    return new AppError('delivery-delayed', `${what} asks to try later: ${cause.message}`, {
      ...options,
      retryable: true,
    });
  if (repairCodes.has(code))
    return new AppError('delivery-refused', `${what} cannot be used: ${cause.message}`, {
      ...options,
      retryable: false,
    });
  return new AppError('delivery-unreachable', `${what} cannot be reached: ${cause.message}`, {
    ...options,
    retryable: true,
  });
}
