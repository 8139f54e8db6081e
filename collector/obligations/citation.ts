import Type from 'typebox';

/** A provision of a regulation, as precisely as a duty rests on it. */
export const Citation = Type.Object(
  {
    pasal: Type.String({ pattern: '^\\d{1,3}[A-Z]?$' }),
    ayat: Type.Optional(Type.String({ pattern: '^\\d{1,2}[a-z]?$' })),
    huruf: Type.Optional(Type.String({ pattern: '^[a-z]$' })),
    /** Of a definition (Pasal 1 angka 19, say). */
    angka: Type.Optional(Type.String({ pattern: '^\\d{1,3}$' })),
    /** It stands in the elucidation, not in the regulation itself. */
    penjelasan: Type.Optional(Type.Literal(true)),
  },
  { additionalProperties: false },
);
export type Citation = Type.Static<typeof Citation>;

/** As the law writes it: `Pasal 21 ayat (5) huruf a`. */
export function nameOfCitation({ pasal, ayat, huruf, angka, penjelasan }: Citation): string {
  const parts = [
    penjelasan === true ? 'Penjelasan' : '',
    `Pasal ${pasal}`,
    ayat === undefined ? '' : `ayat (${ayat})`,
    huruf === undefined ? '' : `huruf ${huruf}`,
    angka === undefined ? '' : `angka ${angka}`,
  ];
  return parts.filter((part) => part !== '').join(' ');
}
