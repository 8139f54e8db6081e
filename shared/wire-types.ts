import Type from 'typebox';

/** The forms that values of reports have; every byte from outside is held against them. */

/** No control characters: such text ends up in metrics, mails and terminals. */
const printable = '^[^\\u0000-\\u001f\\u007f]*$';
export const Text = (maxLength: number) => Type.String({ minLength: 1, maxLength, pattern: printable });
/** Every text that fits is a moment that `Date.parse` knows: a month 13 or an hour 25 is refused here. */
export const Instant = Type.String({
  maxLength: 30,
  pattern: '^\\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\\d|3[01])T([01]\\d|2[0-3]):[0-5]\\d:[0-5]\\d(\\.\\d{1,3})?Z$',
});
export const Count = Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER });
export const Bytes = Count;
export const Seconds = Type.Number({ minimum: 0, maximum: 1e10 });
export const Ratio = Type.Number({ minimum: 0, maximum: 1 });
export const Name = Type.String({ pattern: '^[a-z0-9][a-z0-9-]{0,62}$' });
export const Sha256 = Type.String({ pattern: '^[0-9a-f]{64}$' });
export const strict = { additionalProperties: false };
