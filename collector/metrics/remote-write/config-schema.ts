import Type from 'typebox';
import { durationPattern } from '../../../shared/duration.ts';
import { FilePath, SecretFile, strict } from '../../notify/config-fields.ts';

const HeaderValue = Type.String({ maxLength: 4096, pattern: '^[\\t\\u0020-\\u007e\\u0080-\\u00ff]*$' });
const Secret = Type.Union(
  [Type.String({ minLength: 1, maxLength: 4096, pattern: '^[\\u0020-\\u007e]+$' }), SecretFile],
  {
    description: 'as {file: path} it stays out of this file',
  },
);

/** One entry of `remoteWrite`: who receives every sample, with its own time (Prometheus remote write 1.0). */
export const RemoteWriteConfigSchema = Type.Object(
  {
    id: Type.String({
      pattern: '^[a-z0-9][a-z0-9-]{0,62}$',
      description:
        'name of this receiver, unique: lower-case letters, digits and dashes; how far it has come is kept by this name',
    }),
    url: Type.Union([Type.String({ pattern: '^https?://[^\\s]+$', maxLength: 2048 }), SecretFile], {
      description:
        'where it receives: /api/v1/write of Prometheus (started with --web.enable-remote-write-receiver) or of ' +
        'VictoriaMetrics, /api/v1/push of Mimir; as {file: path} when the address itself holds a secret',
    }),
    basicAuth: Type.Optional(
      Type.Object(
        {
          username: Type.String({ minLength: 1, maxLength: 256, pattern: '^[\\u0020-\\u0039\\u003b-\\u007e]+$' }),
          password: Secret,
        },
        strict,
      ),
    ),
    bearerToken: Type.Optional(Secret),
    headers: Type.Optional(
      Type.Record(Type.String(), Type.Union([HeaderValue, SecretFile]), {
        maxProperties: 16,
        description: 'more headers, for example X-Scope-OrgID of Mimir; a value as {file: path} stays out of this file',
      }),
    ),
    caFile: Type.Optional(FilePath),
    labels: Type.Record(Type.String(), Type.String({ minLength: 1, maxLength: 256 }), {
      default: {},
      maxProperties: 16,
      description: 'labels that every series gets beside its own, to tell several collectors apart',
    }),
    sendHistory: Type.Boolean({
      default: false,
      description:
        'whether a new receiver also gets what is kept already (retention.raw); otherwise it begins with what comes next',
    }),
    snapshotEvery: Type.String({
      pattern: durationPattern,
      default: '60s',
      description: 'how often that is written which no single report tells: backups, duties, incidents, the collector',
    }),
    timeout: Type.String({
      pattern: '^([1-9]|[1-9]\\d|1[01]\\d|120)s$',
      default: '30s',
      description: 'how long one attempt may take, from 1s to 120s',
    }),
    maxQueueSizeBytes: Type.Integer({
      default: 268_435_456,
      minimum: 1_048_576,
      maximum: 1_099_511_627_776,
      description:
        'bytes on disk for snapshots that wait while the receiver is away, the oldest go first; reports need none of ' +
        'it, since they are kept anyway for retention.raw',
    }),
    samplesPerRequest: Type.Integer({ default: 2000, minimum: 100, maximum: 20_000 }),
  },
  strict,
);

export type RemoteWriteConfig = Type.Static<typeof RemoteWriteConfigSchema>;
