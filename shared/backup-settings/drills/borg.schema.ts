import Type from 'typebox';
import {
  absolutePathForm,
  absolutePathPattern,
  borgPrefixPattern,
  borgRepositoryPattern,
  repositoryForm,
  settingTextPattern,
} from '../patterns.ts';
import { commonSettings, strict } from './common.schema.ts';

const AbsolutePath = Type.String({ pattern: absolutePathPattern, description: absolutePathForm });

/**
 * Settings of the drill `borg`. What it does not say of the repository is taken from the dataset's source when that is
 * `borg` too; the names are the same.
 */
export const BorgDrillSchema = Type.Object(
  {
    kind: Type.Literal('borg'),
    ...commonSettings,
    repository: Type.Optional(Type.String({ pattern: borgRepositoryPattern, description: repositoryForm.borg })),
    passphraseFile: Type.Optional(AbsolutePath),
    environmentFile: Type.Optional(AbsolutePath),
    archivePrefix: Type.Optional(Type.String({ pattern: borgPrefixPattern })),
    /** Restores only this path of the archive, say `etc`; everything unless told. */
    include: Type.Optional(Type.String({ pattern: settingTextPattern })),
  },
  strict,
);
export type BorgDrillSettings = Type.Static<typeof BorgDrillSchema>;
