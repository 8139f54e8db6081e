import { archiveDrill } from './archive.ts';
import { borgDrill } from './borg.ts';
import { commandDrill } from './command.ts';
import { pgListDrill } from './pg-list.ts';
import { postgresDrill } from './postgres.ts';
import { resticDrill } from './restic.ts';

/** Every restore test that the agent knows. A new one is one file and one line here. */
export const drills = [archiveDrill, borgDrill, commandDrill, pgListDrill, postgresDrill, resticDrill] as const;

export type DrillKind = (typeof drills)[number]['kind'];
