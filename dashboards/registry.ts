import type { Board } from './board.ts';
import { jaringanIntra } from './boards/jaringan-intra.ts';
import { kepatuhan } from './boards/kepatuhan.ts';
import { kolektor } from './boards/kolektor.ts';
import { ringkasan } from './boards/ringkasan.ts';

/** Every board, in the order of the menu. */
export const boards: readonly Board[] = [ringkasan, jaringanIntra, kepatuhan, kolektor];
