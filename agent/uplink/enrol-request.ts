import { AppError } from '../../shared/errors.ts';
import { connectPinned } from './pinned-tls.ts';

export interface PostOptions {
  url: string;
  fingerprint?: string | undefined;
  headers: Record<string, string>;
  body: Buffer;
  timeoutMs: number;
}

const maxAnswerBytes = 4 * 1024 * 1024;

/**
 * One POST through axios on a connection of its own; with a fingerprint nothing is sent before the certificate has
 * been checked. No proxy, no redirect: the token names the place.
 * @throws AppError `certificate-mismatch` or `collector-unreachable`.
 */
export async function postOnce(options: PostOptions): Promise<{ status: number; text: string }> {
  const { url, headers, body, timeoutMs } = options;
  const { default: axios } = await import('axios');
  try {
    const answer = await axios.post<ArrayBuffer>(url, body, {
      headers,
      timeout: timeoutMs,
      // The other limit of axios does not cover the time until a connection stands.
      signal: AbortSignal.timeout(timeoutMs),
      proxy: false,
      maxRedirects: 0,
      maxContentLength: maxAnswerBytes,
      responseType: 'arraybuffer',
      validateStatus: () => true,
      ...(url.startsWith('https:') ? { httpsAgent: await pinnedAgent(options) } : {}),
    });
    return { status: answer.status, text: Buffer.from(answer.data).toString('utf8') };
  } catch (error) {
    throw toAppError(error, options);
  }
}

async function pinnedAgent({ fingerprint = '', timeoutMs }: PostOptions) {
  const { Agent } = await import('node:https');
  const agent = new Agent({ keepAlive: false });
  agent.createConnection = (options, callback) => {
    connectPinned({ host: String(options.host), port: Number(options.port), fingerprint, timeoutMs }).then(
      (socket) => callback?.(null, socket),
      (error: Error) => callback?.(error, undefined as never),
    );
    return undefined;
  };
  return agent;
}

function toAppError(error: unknown, { url, timeoutMs }: PostOptions): AppError {
  const cause = (error as { cause?: unknown }).cause;
  if (error instanceof AppError) return error;
  if (cause instanceof AppError) return cause;
  const { message, code } = error as NodeJS.ErrnoException;
  const reason = code === 'ERR_CANCELED' ? `no answer within ${timeoutMs} ms` : message === '' ? code : message;
  // The error of axios itself holds the whole request, with the secret in it: only its words go on.
  return new AppError(
    'collector-unreachable',
    `The collector at ${new URL(url).origin} cannot be reached: ${reason}. Check the address, the network and the firewall.`,
    { retryable: true },
  );
}
