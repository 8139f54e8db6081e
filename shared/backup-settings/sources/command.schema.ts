import Type from 'typebox';

/** Settings of the source `command`. Only the configuration checker loads this file: the schema library is large. */
export const CommandSettingsSchema = Type.Object({ kind: Type.Literal('command') }, { additionalProperties: false });
