import Type from 'typebox';

/** Parts that the rows of several resources share. */
export const Instant = Type.Union([Type.String({ format: 'date-time' }), Type.Null()]);
export const Amount = Type.Union([Type.Number(), Type.Null()]);
export const OptionalText = Type.Union([Type.String(), Type.Null()]);
export const StateText = Type.Union([Type.Literal('up'), Type.Literal('down'), Type.Literal('unknown')]);
export const Evidence = Type.Array(
  Type.Union([
    Type.Object({ agent: Type.String(), session: Type.String(), seq: Type.Integer() }),
    Type.Object({ register: Type.String(), entry: Type.String(), revision: Type.Integer() }),
    Type.Object({ incident: Type.String() }),
  ]),
  { description: 'the reports, register entries and incidents that the verdict rests on' },
);
