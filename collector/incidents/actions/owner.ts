import Type from 'typebox';
import { defineAction, requireOpen } from './action.ts';

export const owner = defineAction({
  name: 'owner',
  docs: 'Say who must act on an open incident',
  body: Type.Object(
    { name: Type.String({ minLength: 1, maxLength: 256, pattern: '\\S' }) },
    { additionalProperties: false },
  ),
  apply({ incident }, { name }) {
    requireOpen(incident);
    return {
      incident: { ...incident, owner: name },
      event: 'owner',
      detail: { owner: name, ownerBefore: incident.owner },
    };
  },
});
