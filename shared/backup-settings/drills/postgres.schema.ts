import Type from 'typebox';
import { commonSettings, fileSettings, strict, TableNames } from './common.schema.ts';

/** Settings of the drill `postgres`. */
export const PostgresDrillSchema = Type.Object(
  {
    kind: Type.Literal('postgres'),
    ...commonSettings,
    ...fileSettings,
    /** Tables that must be there afterwards. */
    tables: Type.Optional(TableNames),
    /** SQL that is asked of the restored database. */
    query: Type.Optional(Type.String({ minLength: 1, maxLength: 4096 })),
    /** What the first value of the answer must be: a text, or a smallest number as `>=100`. Something, unless told. */
    expect: Type.Optional(Type.String({ minLength: 1, maxLength: 256, pattern: '^[^\\u0000-\\u001f]+$' })),
  },
  strict,
);
export type PostgresDrillSettings = Type.Static<typeof PostgresDrillSchema>;
