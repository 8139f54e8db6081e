import Type from 'typebox';

const strict = { additionalProperties: false };
const Text = Type.String({ minLength: 1, maxLength: 256 });

/** What is not told stays a dotted line, to be filled in by hand. */
const Official = Type.Object(
  {
    title: Type.Optional(
      Type.String({ minLength: 1, maxLength: 256, description: 'the office, such as Kepala Dinas Kominfo' }),
    ),
    name: Type.Optional(Text),
    nip: Type.Optional(Type.String({ pattern: '^[0-9 ]{8,25}$', description: 'digits, such as 197001012000031001' })),
  },
  { ...strict, default: {} },
);

/** `documents` of pantau.yaml: how the letters and reports look that are drafted; nothing of it is sent by itself. */
export const DocumentSettings = Type.Object(
  {
    letterhead: Type.Object(
      {
        /** The names of the Pemda and of Diskominfo when absent. */
        pemda: Type.Optional(Text),
        office: Type.Optional(Text),
        lines: Type.Array(Text, { default: [], maxItems: 6, description: 'address, telephone, e-mail' }),
      },
      { ...strict, default: {} },
    ),
    place: Type.Optional(Type.String({ minLength: 1, maxLength: 64, description: 'where letters are signed' })),
    officials: Type.Object(
      { kepalaDiskominfo: Official, kepalaBidang: Official, sekretarisDaerah: Official },
      { ...strict, default: {} },
    ),
  },
  { ...strict, default: {} },
);
export type DocumentSettings = Type.Static<typeof DocumentSettings>;
