import Type from 'typebox';
import {
  absolutePathForm,
  absolutePathPattern,
  lookEveryLimits,
  repositoryForm,
  resticRepositoryPattern,
  settingTextPattern,
} from '../patterns.ts';

const AbsolutePath = Type.String({ pattern: absolutePathPattern, description: absolutePathForm });
const Filter = Type.String({ pattern: settingTextPattern });

/** Settings of the source `restic`. Only the configuration checker loads this file: the schema library is large. */
export const ResticSettingsSchema = Type.Object(
  {
    kind: Type.Literal('restic'),
    /** The repository's address, as restic takes it. A password in it belongs into `repositoryFile` instead. */
    repository: Type.Optional(Type.String({ pattern: resticRepositoryPattern, description: repositoryForm.restic })),
    /** File on the agent's machine that holds the address. */
    repositoryFile: Type.Optional(AbsolutePath),
    /** File on the agent's machine that holds the repository's password. */
    passwordFile: Type.Optional(AbsolutePath),
    /** File on the agent's machine with variables for restic (RESTIC_…, AWS_… and the like), KEY=VALUE lines. */
    environmentFile: Type.Optional(AbsolutePath),
    /** Only snapshots with this tag; with all of several, separated by commas. */
    tag: Type.Optional(Filter),
    /** Only snapshots of this host. */
    host: Type.Optional(Filter),
    /** Only snapshots that hold this absolute path. */
    path: Type.Optional(Filter),
    lookEverySeconds: Type.Optional(Type.Integer(lookEveryLimits)),
  },
  {
    additionalProperties: false,
    allOf: [
      { anyOf: [{ required: ['repository'] }, { required: ['repositoryFile'] }, { required: ['environmentFile'] }] },
      { anyOf: [{ required: ['passwordFile'] }, { required: ['environmentFile'] }] },
      { not: { required: ['repository', 'repositoryFile'] } },
    ],
  },
);
