import Type from 'typebox';
import { lookEveryLimits } from '../patterns.ts';

/** Settings of the source `nagios`. Only the configuration checker loads this file: the schema library is large. */
export const NagiosSettingsSchema = Type.Object(
  {
    kind: Type.Literal('nagios'),
    /** The name of a command in commands.json of the agent's data folder; the program itself is chosen there. */
    command: Type.String({ pattern: '^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$' }),
    /** How long the plugin may take; 10 unless told. */
    timeoutSeconds: Type.Optional(Type.Integer({ minimum: 1, maximum: 60 })),
    /** How often it is run; 300 unless told. */
    lookEverySeconds: Type.Optional(Type.Integer(lookEveryLimits)),
  },
  { additionalProperties: false },
);
