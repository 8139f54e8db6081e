/** What documents are written with where nothing is told of them. */
export const blankDocuments = {
  letterhead: { lines: [] },
  officials: { kepalaDiskominfo: {}, kepalaBidang: {}, sekretarisDaerah: {} },
};
