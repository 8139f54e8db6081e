import { acknowledge } from './acknowledge.ts';
import type { IncidentAction } from './action.ts';
import { cause } from './cause.ts';
import { handle } from './handle.ts';
import { note } from './note.ts';
import { owner } from './owner.ts';
import { reopen } from './reopen.ts';
import { resolve } from './resolve.ts';

/** Everything that people may do with an incident; routes and the API's own description derive from it. */
export const incidentActions: readonly IncidentAction[] = [acknowledge, handle, note, cause, owner, resolve, reopen];
