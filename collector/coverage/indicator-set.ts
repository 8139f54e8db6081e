import Type from 'typebox';
import { Compile } from 'typebox/compile';
import pemdi from './indicators/pemdi.json' with { type: 'json' };
import permenpanrb from './indicators/permenpanrb-59-2020.json' with { type: 'json' };

const strict = { additionalProperties: false };
const Words = Type.Object({ id: Type.String({ minLength: 1 }), en: Type.String({ minLength: 1 }) }, strict);

const Indicator = Type.Object(
  {
    id: Type.String({ pattern: '^[a-z0-9][a-z0-9-]{0,40}$' }),
    /** As the instrument numbers it; absent while that is not known. */
    numbers: Type.Array(Type.Integer({ minimum: 1, maximum: 999 })),
    title: Words,
    /** What a department that counts does. */
    counts: Words,
    /** Rules whose verdicts say so; a department counts when all of its own are met. */
    rules: Type.Array(Type.String({ pattern: '^[a-z0-9-]{1,64}$' }), { minItems: 1 }),
    /** What the number does not say. */
    note: Type.Optional(Words),
  },
  strict,
);

export const IndicatorSetSchema = Type.Object(
  {
    id: Type.String({ pattern: '^[a-z0-9][a-z0-9-]{0,62}$' }),
    title: Words,
    note: Type.Optional(Words),
    indicators: Type.Array(Indicator, { minItems: 1 }),
  },
  strict,
);

export type IndicatorSet = Type.Static<typeof IndicatorSetSchema>;
export type Indicator = Type.Static<typeof Indicator>;

const check = Compile(IndicatorSetSchema);

/** Every instrument that a configuration may choose; another one is another file. */
export const indicatorSets: readonly IndicatorSet[] = [permenpanrb, pemdi].map(checkedIndicatorSet);

/** @throws Error that names the part which is wrong: an instrument's file is part of the program. */
export function checkedIndicatorSet(data: unknown): IndicatorSet {
  if (check.Check(data)) return data;
  const [first] = check.Errors(data);
  throw new Error(`a file of indicators is wrong at ${first?.instancePath ?? '/'}: ${first?.message ?? 'unknown'}`);
}

export function indicatorSetNamed(id: string): IndicatorSet | undefined {
  return indicatorSets.find((set) => set.id === id);
}
