import Type from 'typebox';

/** Settings that every drill understands. Schema files are loaded only where settings are checked. */
export const commonSettings = {
  /** The drill is ended when it takes longer; an hour unless told. */
  maxSeconds: Type.Optional(Type.Integer({ minimum: 1, maximum: 7 * 86_400 })),
  /** The drill is ended when it puts more than this on disk; 10 GiB unless told. */
  maxBytes: Type.Optional(Type.Integer({ minimum: 1, maximum: 2 ** 50 })),
  /** At least so many files (entries of an archive, tables of a database) must come back; 1 unless told. */
  minFiles: Type.Optional(Type.Integer({ minimum: 0, maximum: 1e12 })),
  /** Together they must have at least so many bytes; 1 unless told. */
  minBytes: Type.Optional(Type.Integer({ minimum: 0, maximum: 2 ** 50 })),
  /**
   * A path or pattern below what came back that must be there, say `etc/simda/*.conf`. Without a slash it is looked for
   * in every folder.
   */
  mustContain: Type.Optional(
    Type.String({
      minLength: 1,
      maxLength: 1024,
      pattern: '^(?!/)(?!.*(^|/)\\.\\.?(/|$))(?!.*/$)[^\\u0000-\\u001f]+$',
    }),
  ),
};

/** Where the newest backup file is looked for; the path of the dataset's source `files` unless told. */
export const fileSettings = {
  path: Type.Optional(
    Type.String({
      minLength: 2,
      maxLength: 4096,
      pattern: '^(/|[A-Za-z]:[/\\\\])',
      description: 'an absolute path, say /srv/cadangan/*',
    }),
  ),
};

/** Names of tables, with commas between them: `pegawai, keuangan.spm`. */
export const TableNames = Type.String({ minLength: 1, maxLength: 4096, pattern: '^[^\\u0000-\\u001f]+$' });

export const strict = { additionalProperties: false };
