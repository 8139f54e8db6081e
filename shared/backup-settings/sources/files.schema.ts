import Type from 'typebox';

/** Settings of the source `files`. Only the configuration checker loads this file: the schema library is large. */
export const FilesSettingsSchema = Type.Object(
  {
    kind: Type.Literal('files'),
    /** Absolute path pattern of the files that the backup job writes. */
    path: Type.String({
      minLength: 2,
      maxLength: 4096,
      pattern: '^(/|[A-Za-z]:[/\\\\])',
      description: 'an absolute path, say /srv/cadangan/*',
    }),
    /**
     * A file counts only when it has not changed for this long, by its time or as the agent watched it; until then the
     * newest one that does is named. Without this setting a file counts when its time is 60 seconds old or when two
     * looks in a row, an interval apart, saw the same size and time. A job that pauses for longer while it writes needs
     * a longer time here; 0 lets a file count at once and is for jobs that write elsewhere and then rename.
     */
    settleSeconds: Type.Optional(Type.Integer({ minimum: 0, maximum: 604800 })),
  },
  { additionalProperties: false },
);
