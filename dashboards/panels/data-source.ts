/** The Prometheus that the reader chose at the top of the board. */
export const dataSource = { type: 'prometheus', uid: '${datasource}' };
