import Type from 'typebox';

/** Settings of the source `files`. Only the configuration checker loads this file: the schema library is large. */
export const FilesSettingsSchema = Type.Object(
  {
    kind: Type.Literal('files'),
    /** Absolute path pattern of the files that the backup job writes. */
    path: Type.String({ minLength: 2, maxLength: 4096, pattern: '^(/|[A-Za-z]:[/\\\\])' }),
    /** A file counts only when it has not changed for this long. */
    settleSeconds: Type.Optional(Type.Integer({ minimum: 0, maximum: 604800, default: 0 })),
  },
  { additionalProperties: false },
);
