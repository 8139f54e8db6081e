import Type from 'typebox';
import { defineAction, Words } from './action.ts';

export const note = defineAction({
  name: 'note',
  docs: 'Add a note to the timeline, also of an incident that is over',
  body: Type.Object({ text: Words }, { additionalProperties: false }),
  apply: ({ incident }, { text }) => ({ incident, event: 'note', detail: { text } }),
});
