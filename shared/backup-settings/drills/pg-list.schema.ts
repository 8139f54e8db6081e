import Type from 'typebox';
import { commonSettings, fileSettings, strict, TableNames } from './common.schema.ts';

/** Settings of the drill `pg-list`. */
export const PgListDrillSchema = Type.Object(
  {
    kind: Type.Literal('pg-list'),
    ...commonSettings,
    ...fileSettings,
    /** Tables that must be in the dump. */
    tables: Type.Optional(TableNames),
  },
  strict,
);
export type PgListDrillSettings = Type.Static<typeof PgListDrillSchema>;
