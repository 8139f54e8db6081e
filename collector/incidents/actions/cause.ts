import Type from 'typebox';
import { type CauseCode, causeCodes } from '../causes/cause-codes.ts';
import { causeNow } from '../../store/incident-rows.ts';
import { defineAction, Words } from './action.ts';

const Code = Type.Unsafe<CauseCode>(Type.Union(causeCodes.map((code) => Type.Literal(code))));

export const cause = defineAction({
  name: 'cause',
  docs: 'Say what broke, also of an incident that is over; it counts before what machines tell',
  body: Type.Object(
    {
      cause: Code,
      text: Type.Optional(Words),
      byOtherParty: Type.Optional(
        Type.Boolean({ default: false, description: 'somebody outside the Pemda did it (Sigi, Pasal 18 ayat (4))' }),
      ),
    },
    { additionalProperties: false },
  ),
  apply({ incident, actor, nowMs }, { cause: code, text, byOtherParty = false }) {
    const words = text === undefined ? {} : { text };
    const causeBefore = causeNow(incident);
    return {
      incident: { ...incident, statedCause: { code, ...words, byOtherParty, by: actor, atMs: nowMs } },
      event: 'cause',
      detail: { cause: code, causeBefore, ...words, byOtherParty },
    };
  },
});
