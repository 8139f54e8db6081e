/** A4 in points, with the margins of an official letter: more at the left, where it is filed. */
export const page = { marginLeftPt: 60, marginTopPt: 52, marginRightPt: 53, marginBottomPt: 54, widthPt: 482 };

export const sizes = { body: 10, small: 8, table: 8.5, footer: 7.5, heading: { 1: 13, 2: 11.5, 3: 10.5 } };

export const colours = {
  ink: '#1f2429',
  quiet: '#5b626b',
  line: '#9aa1a9',
  head: '#e7eaee',
  /** Behind a cell of a table; its text says the state, too. */
  cell: { good: '#e3f4e8', bad: '#f6d8d8', unknown: '#eceef0', warning: '#fbe8c4', none: undefined },
};
