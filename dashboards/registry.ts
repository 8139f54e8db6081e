import type { Board } from './board.ts';
import { ringkasan } from './boards/ringkasan.ts';

/** Every board, in the order of the menu. */
export const boards: readonly Board[] = [ringkasan];
