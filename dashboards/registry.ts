import type { Board } from './board.ts';

/** Every board, in the order of the menu. */
export const boards: readonly Board[] = [];
