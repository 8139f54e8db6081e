import Type from 'typebox';
import { borgPrefixPattern, borgRepositoryPattern } from './borg/settings.ts';
import { absolutePathPattern, lookEveryLimits } from './tools/tool-settings.ts';

const AbsolutePath = Type.String({ pattern: absolutePathPattern });

/** Settings of the source `borg`. Only the configuration checker loads this file: the schema library is large. */
export const BorgSettingsSchema = Type.Object(
  {
    kind: Type.Literal('borg'),
    /** The repository's address: an absolute path, ssh://user@host/path or user@host:path. */
    repository: Type.String({ pattern: borgRepositoryPattern }),
    /** File on the agent's machine that holds the passphrase; absent when the repository is not encrypted. */
    passphraseFile: Type.Optional(AbsolutePath),
    /** File on the agent's machine with variables for borg (BORG_…, SSH_AUTH_SOCK), KEY=VALUE lines. */
    environmentFile: Type.Optional(AbsolutePath),
    /** Only archives whose names begin so. */
    archivePrefix: Type.Optional(Type.String({ pattern: borgPrefixPattern })),
    lookEverySeconds: Type.Optional(Type.Integer(lookEveryLimits)),
  },
  { additionalProperties: false },
);
