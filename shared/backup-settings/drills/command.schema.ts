import Type from 'typebox';
import { commonSettings, strict } from './common.schema.ts';

/** Settings of the drill `command`. */
export const CommandDrillSchema = Type.Object(
  {
    kind: Type.Literal('command'),
    ...commonSettings,
    /** A name in the file `commands.json` of the agent's machine; the program itself cannot be named from afar. */
    command: Type.String({ minLength: 1, maxLength: 128, pattern: '^[^\\u0000-\\u001f]+$' }),
  },
  strict,
);
export type CommandDrillSettings = Type.Static<typeof CommandDrillSchema>;
