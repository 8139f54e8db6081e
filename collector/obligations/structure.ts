import Type from 'typebox';

/**
 * How a regulation is divided, by which every citation is checked: its Pasal, their ayat with the huruf of each, the
 * huruf of a Pasal without ayat, and how many definitions there are. Numbers and letters only, none of the text.
 */
const strict = { additionalProperties: false };
const Pasal = Type.Object(
  {
    /** `1 2(abc) 3`: ayat (2) has huruf a to c. As printed: a number that the print leaves out is left out here. */
    ayat: Type.Optional(
      Type.String({ maxLength: 512, pattern: '^\\d{1,2}[a-z]?(\\([a-z]+\\))?( \\d{1,2}[a-z]?(\\([a-z]+\\))?)*$' }),
    ),
    /** Of a Pasal without ayat. */
    huruf: Type.Optional(Type.String({ pattern: '^[a-z]{1,26}$' })),
    /** How many, from 1. */
    angka: Type.Optional(Type.Integer({ minimum: 1, maximum: 999 })),
  },
  strict,
);
const Pasals = Type.Record(Type.String({ pattern: '^\\d{1,3}[A-Z]?$' }), Pasal);

export const Structure = Type.Object({ pasal: Pasals, penjelasan: Type.Optional(Pasals) }, strict);
export type Structure = Type.Static<typeof Structure>;
export type PasalStructure = Type.Static<typeof Pasal>;

/** The ayat of a Pasal as printed, with their huruf. */
export function ayatOf({ ayat = '' }: PasalStructure): ReadonlyMap<string, string> {
  const parts = ayat === '' ? [] : ayat.split(' ');
  return new Map(
    parts.map((part) => {
      const [number = '', letters = ''] = part.split(/[()]/);
      return [number, letters];
    }),
  );
}
