import Type from 'typebox';
import {
  absolutePathForm,
  absolutePathPattern,
  repositoryForm,
  resticRepositoryPattern,
  settingTextPattern,
} from '../patterns.ts';
import { commonSettings, strict } from './common.schema.ts';

const AbsolutePath = Type.String({ pattern: absolutePathPattern, description: absolutePathForm });
const Filter = Type.String({ pattern: settingTextPattern });

/**
 * Settings of the drill `restic`. What it does not say of the repository is taken from the dataset's source when that
 * is `restic` too; the names are the same.
 */
export const ResticDrillSchema = Type.Object(
  {
    kind: Type.Literal('restic'),
    ...commonSettings,
    repository: Type.Optional(Type.String({ pattern: resticRepositoryPattern, description: repositoryForm.restic })),
    repositoryFile: Type.Optional(AbsolutePath),
    passwordFile: Type.Optional(AbsolutePath),
    environmentFile: Type.Optional(AbsolutePath),
    tag: Type.Optional(Filter),
    host: Type.Optional(Filter),
    path: Type.Optional(Filter),
    /** Restores only what this pattern of restic matches, say `/etc`; everything unless told. */
    include: Type.Optional(Filter),
  },
  strict,
);
export type ResticDrillSettings = Type.Static<typeof ResticDrillSchema>;
