import type { Board } from './board.ts';
import { jaringanIntra } from './boards/jaringan-intra.ts';
import { kepatuhan } from './boards/kepatuhan.ts';
import { kolektor } from './boards/kolektor.ts';
import { pencadangan } from './boards/pencadangan.ts';
import { perangkatDaerah } from './boards/perangkat-daerah.ts';
import { ringkasan } from './boards/ringkasan.ts';

/** Every board, in the order of the menu. */
export const boards: readonly Board[] = [ringkasan, perangkatDaerah, pencadangan, jaringanIntra, kepatuhan, kolektor];
