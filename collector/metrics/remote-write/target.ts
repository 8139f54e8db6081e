import { readTarget, type WebhookTarget } from '../../notify/webhook-target.ts';
import { readSecret } from '../../notify/secret-file.ts';
import type { RemoteWriteConfig } from './config-schema.ts';

type TargetConfig = Pick<RemoteWriteConfig, 'url' | 'basicAuth' | 'bearerToken' | 'headers' | 'caFile'>;

/**
 * Where samples go, with the configuration's files read.
 * @throws AppError `file-unreadable` or `invalid-url`, neither with a secret.
 */
export function readRemoteWriteTarget(config: TargetConfig): WebhookTarget {
  const { url, headers, caFile, basicAuth, bearerToken } = config;
  const target = readTarget({
    url,
    ...(headers === undefined ? {} : { headers }),
    ...(caFile === undefined ? {} : { caFile }),
  });
  if (basicAuth !== undefined) {
    const password = readSecret(basicAuth.password);
    const credentials = Buffer.from(`${basicAuth.username}:${password}`).toString('base64');
    return withAuthorization(target, `Basic ${credentials}`, [password, credentials]);
  }
  if (bearerToken === undefined) return target;
  const token = readSecret(bearerToken);
  return withAuthorization(target, `Bearer ${token}`, [token]);
}

function withAuthorization(target: WebhookTarget, value: string, secrets: string[]): WebhookTarget {
  return {
    ...target,
    headers: { ...target.headers, Authorization: value },
    secrets: [...target.secrets, ...secrets],
  };
}
