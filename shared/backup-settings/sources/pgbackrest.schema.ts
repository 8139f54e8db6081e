import Type from 'typebox';
import { absolutePathForm, absolutePathPattern, lookEveryLimits, stanzaPattern } from '../patterns.ts';

/** Settings of the source `pgbackrest`. Only the configuration checker loads this file: the schema library is large. */
export const PgbackrestSettingsSchema = Type.Object(
  {
    kind: Type.Literal('pgbackrest'),
    /** Name of the stanza, as in pgbackrest.conf. */
    stanza: Type.String({ pattern: stanzaPattern }),
    /** pgBackRest's own configuration when it is not where its package puts it. */
    configFile: Type.Optional(Type.String({ pattern: absolutePathPattern, description: absolutePathForm })),
    /** Only this repository of several. */
    repo: Type.Optional(Type.Integer({ minimum: 1, maximum: 256 })),
    lookEverySeconds: Type.Optional(Type.Integer(lookEveryLimits)),
  },
  { additionalProperties: false },
);
