import type { Colour } from '../document.ts';

/** How a state is drawn. Tones differ in black and white, too, and each is told by its letter or its shape beside. */
export const tones: Record<Colour, { fill: string; stroke: string; text: string; dashed: boolean }> = {
  good: { fill: '#cdeed6', stroke: '#2f7d4a', text: '#17492a', dashed: false },
  warning: { fill: '#f2b84b', stroke: '#8a5a00', text: '#3d2800', dashed: false },
  bad: { fill: '#9c1c1c', stroke: '#5e0f0f', text: '#ffffff', dashed: false },
  unknown: { fill: '#ffffff', stroke: '#6b727b', text: '#4a5058', dashed: true },
  none: { fill: '#f1f3f5', stroke: '#c9ced4', text: '#6b727b', dashed: false },
};

export const ink = { axis: '#8a9199', grid: '#e1e4e8', line: '#1d4e89', text: '#1f2429', quiet: '#5b626b' };
