import type { Readable } from 'node:stream';
import Type from 'typebox';
import { durationSeconds } from '../../shared/duration.ts';
import { AppError, messageOf } from '../../shared/errors.ts';
import type { Channel, ChannelMessage } from './channel.ts';
import { ChannelId, FilePath, SecretFile, strict, Timeout } from './config-fields.ts';
import { codeOf, safeCause, safeExcerpt } from './mask-secrets.ts';
import { withDeadline } from './send-deadline.ts';
import { answerHolds, readAnswer, reasonOf, retryAfterSecondsOf } from './webhook-answer.ts';
import { noticeBody, templateBody, type TemplateFields } from './webhook-body.ts';
import { readTarget, type WebhookTarget } from './webhook-target.ts';

const headerNamePattern = "^[A-Za-z0-9!#$%&'*+.^_`|~-]{1,64}$";
const HeaderValue = Type.String({ maxLength: 4096, pattern: '^[\\t\\u0020-\\u007e\\u0080-\\u00ff]*$' });
const TemplateValue = Type.Union([Type.String({ maxLength: 4096 }), Type.Number(), Type.Boolean()]);
const TemplateName = Type.String({ pattern: '^[A-Za-z0-9_.-]{1,64}$' });

const WebhookConfigSchema = Type.Object(
  {
    id: ChannelId,
    kind: Type.Literal('webhook'),
    url: Type.Union([Type.String({ pattern: '^https?://[^\\s]+$', maxLength: 2048 }), SecretFile], {
      description: 'address that takes a POST; as {file: path} when the address itself holds a secret',
    }),
    headers: Type.Optional(
      Type.Record(Type.String({ pattern: headerNamePattern }), Type.Union([HeaderValue, SecretFile]), {
        ...strict,
        maxProperties: 16,
        description: 'more headers, for example Authorization; a value as {file: path} stays out of this file',
      }),
    ),
    bodyTemplate: Type.Optional(
      Type.Record(TemplateName, TemplateValue, {
        ...strict,
        maxProperties: 32,
        description:
          'the body that the receiver wants, with {{text}} and {{subject}}; the full notice as JSON when absent',
      }),
    ),
    bodyFormat: Type.Union([Type.Literal('json'), Type.Literal('form')], {
      default: 'json',
      description: 'how bodyTemplate is sent: JSON, or a form (application/x-www-form-urlencoded)',
    }),
    expect: Type.Optional(
      Type.Record(TemplateName, TemplateValue, {
        ...strict,
        maxProperties: 8,
        description: 'fields that the JSON answer must hold, for gateways that answer 200 to what they did not send',
      }),
    ),
    caFile: Type.Optional(FilePath),
    timeout: Timeout,
  },
  strict,
);
export type WebhookConfig = Type.Static<typeof WebhookConfigSchema>;

/** Set by us or by the HTTP client; a configured value would break the request or the receiver's dropping of repeats. */
const reservedHeaders = new Set(['connection', 'content-length', 'host', 'idempotency-key', 'transfer-encoding']);
const retryableStatuses = new Set([408, 425, 429]);
const untrustedCertificate = /CERT|SELF_SIGNED|UNABLE_TO_(GET|VERIFY)/;

export const webhook: Channel<typeof WebhookConfigSchema> = {
  kind: 'webhook',
  docs: 'POST to an address of yours or of a messaging gateway (Telegram, WhatsApp gateways, chat systems).',
  config: WebhookConfigSchema,

  problem(config) {
    const reserved = Object.keys(config.headers ?? {}).find((name) => reservedHeaders.has(name.toLowerCase()));
    if (reserved !== undefined) return `headers must not set ${reserved}; Pantau sets it itself`;
    if (config.bodyFormat === 'form' && config.bodyTemplate === undefined)
      return 'bodyFormat form needs a bodyTemplate that names the fields of the form';
    const values = Object.values(config.bodyTemplate ?? { text: '{{text}}' });
    if (!values.some((value) => typeof value === 'string' && /\{\{(text|subject)\}\}/.test(value)))
      return 'bodyTemplate holds neither {{text}} nor {{subject}}, so the message would be lost; put one into a field';
    try {
      readTarget(config);
      return undefined;
    } catch (error) {
      return messageOf(error);
    }
  },

  async send(config, message, { signal }) {
    const target = readTarget(config);
    const what = `webhook at ${target.origin}`;
    await withDeadline({ what, timeoutMs: durationSeconds(config.timeout) * 1000, signal }, async (signal) => {
      const response = await post(config, target, message, signal).catch((error: unknown) => {
        throw unreachable(what, error, target.secrets);
      });
      const taken = response.status >= 200 && response.status < 300;
      if (taken && config.expect === undefined) {
        // Whatever follows does not change that it was taken; a slow body must not make it a repeat.
        response.data.destroy();
        return;
      }
      const answer = await readAnswer(response.data, signal).catch(() => '');
      signal.throwIfAborted();
      judge({ what, config, response, answer, secrets: target.secrets });
    });
  },
};

/** axios is loaded with the first message only: reading a configuration must not cost it. */
async function post(config: WebhookConfig, target: WebhookTarget, message: ChannelMessage, signal: AbortSignal) {
  const [{ default: axios }, { Agent }] = await Promise.all([import('axios'), import('node:https')]);
  const fields = config.bodyTemplate === undefined ? undefined : templateBody(config.bodyTemplate, message);
  const form = config.bodyFormat === 'form' && fields !== undefined;
  return axios.request<Readable>({
    method: 'POST',
    url: target.url,
    data: form ? new URLSearchParams(mapToText(fields)).toString() : JSON.stringify(fields ?? noticeBody(message)),
    headers: {
      Accept: 'application/json',
      'User-Agent': 'pantau-collector',
      'Content-Type': form ? 'application/x-www-form-urlencoded' : 'application/json',
      ...target.headers,
      'Idempotency-Key': message.notice.idempotencyKey,
    },
    // A redirect would carry the headers' secrets elsewhere, and turn the POST into a GET.
    maxRedirects: 0,
    responseType: 'stream',
    validateStatus: () => true,
    signal,
    ...(target.loopback ? { proxy: false as const } : {}),
    ...(target.ca === undefined ? {} : { httpsAgent: new Agent({ ca: target.ca }) }),
  });
}

function mapToText(fields: TemplateFields): Record<string, string> {
  return Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, String(value)]));
}

interface Answered {
  what: string;
  config: WebhookConfig;
  response: { status: number; headers: object };
  answer: string;
  secrets: string[];
}

/** @throws AppError unless the receiver took the message. */
function judge({ what, config, response, answer, secrets }: Answered): void {
  const { status } = response;
  const said = reasonOf(answer) === '' ? '' : `: ${safeExcerpt(reasonOf(answer), secrets)}`;
  if (status >= 200 && status < 300) {
    if (answerHolds(config.expect ?? {}, answer)) return;
    throw new AppError('delivery-not-confirmed', `${what} answered ${status} without what expect asks for${said}`, {
      status: 502,
      retryable: false,
    });
  }
  if (status >= 300 && status < 400)
    throw refused(`${what} answered ${status}, a redirect; put the final address into url`);
  if (status < 500 && !retryableStatuses.has(status)) throw refused(`${what} refused with ${status}${said}`);
  const headers = new Map(Object.entries(response.headers));
  const retryAfterSeconds = retryAfterSecondsOf(headers.get('retry-after'), headers.get('date'));
  throw new AppError('delivery-delayed', `${what} answered ${status}${said}`, {
    status: 502,
    retryable: true,
    ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }),
  });
}

function refused(message: string): AppError {
  return new AppError('delivery-refused', message, { status: 502, retryable: false });
}

function unreachable(what: string, error: unknown, secrets: string[]): AppError {
  const code = codeOf(error);
  const cause = safeCause(error, secrets);
  const options = { status: 502, cause };
  if (untrustedCertificate.test(code))
    return new AppError('delivery-refused', `${what} shows a certificate that is not trusted (${code}); set caFile`, {
      ...options,
      retryable: false,
    });
  const invalid = code.startsWith('ERR_INVALID');
  return new AppError('delivery-unreachable', `${what} cannot be reached: ${code === '' ? cause.message : code}`, {
    ...options,
    retryable: !invalid,
  });
}
