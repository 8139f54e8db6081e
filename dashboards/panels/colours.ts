/** One colour for one meaning on every board. Grey is unknown, and unknown is never green. */
export const colours = {
  good: '#37872D',
  warning: '#E0B400',
  serious: '#FA6400',
  bad: '#C4162A',
  unknown: '#8E8E8E',
  /** Less than a finding. */
  note: '#9E8B4E',
  /** Neither good nor bad: waived, or told for information. */
  neutral: '#1F60C4',
  notApplicable: '#4A5663',
} as const;

export type Colour = (typeof colours)[keyof typeof colours];
