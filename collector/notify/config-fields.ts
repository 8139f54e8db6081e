import Type from 'typebox';

/** Parts that the configurations of several channels share. */
export const strict = { additionalProperties: false };

/** Name of a configured channel: unique in `notify`, the outbox refers to it. */
export const ChannelId = Type.String({
  pattern: '^[a-z0-9][a-z0-9-]{0,62}$',
  description: 'name of this channel, unique: lower-case letters, digits and dashes',
});

export const FilePath = Type.String({
  minLength: 1,
  maxLength: 1024,
  pattern: '^[^\\u0000-\\u001f\\u007f]+$',
  description: "path of a file, absolute or relative to the collector's working directory",
});

/** A secret that stands in a file of its own, so that it stays out of `pantau.yaml`. Read again for each message. */
export const SecretFile = Type.Object({ file: FilePath }, strict);
export type SecretFile = Type.Static<typeof SecretFile>;

/** How long one attempt may take, from 1s to 120s. */
export const Timeout = Type.String({
  pattern: '^([1-9]|[1-9]\\d|1[01]\\d|120)s$',
  default: '15s',
  description: 'how long one attempt may take, from 1s to 120s',
});
