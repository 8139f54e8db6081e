import Type from 'typebox';
import {
  absolutePathForm,
  absolutePathPattern,
  borgPrefixPattern,
  borgRepositoryPattern,
  lookEveryLimits,
  repositoryForm,
} from '../patterns.ts';

const AbsolutePath = Type.String({ pattern: absolutePathPattern, description: absolutePathForm });

/** Settings of the source `borg`. Only the configuration checker loads this file: the schema library is large. */
export const BorgSettingsSchema = Type.Object(
  {
    kind: Type.Literal('borg'),
    /** The repository's address: an absolute path, ssh://user@host/path or user@host:path. */
    repository: Type.String({ pattern: borgRepositoryPattern, description: repositoryForm.borg }),
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
