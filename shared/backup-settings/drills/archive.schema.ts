import Type from 'typebox';
import { commonSettings, fileSettings, strict } from './common.schema.ts';

/** Settings of the drill `archive`. */
export const ArchiveDrillSchema = Type.Object(
  { kind: Type.Literal('archive'), ...commonSettings, ...fileSettings },
  strict,
);
export type ArchiveDrillSettings = Type.Static<typeof ArchiveDrillSchema>;
