import Type from 'typebox';
import { instant, type Resource } from '../resource.ts';
import { Instant, OptionalText } from './fields.ts';

const row = Type.Object({
  key: Type.Integer(),
  name: Type.String(),
  month: Type.String(),
  pd: OptionalText,
  revision: Type.Integer({ description: 'a further one only when figures are not what they were' }),
  changeCount: Type.Integer({ description: 'figures that are not what they were in the revision before' }),
  madeAt: Instant,
  madeBy: Type.String(),
  figuresSha256: Type.String(),
  checkpoint: Type.Union([Type.Object({ seq: Type.Integer(), hash: Type.String(), at: Instant }), Type.Null()], {
    description: 'of the ledger, as it stands on the last page',
  }),
  isKept: Type.Boolean({ description: 'whether the collector keeps the files: /api/v1/documents/<key>/<file>' }),
  files: Type.Array(Type.Object({ file: Type.String(), sha256: Type.String(), sizeBytes: Type.Integer() })),
});

export const documentsResource: Resource<typeof row> = {
  name: 'documents',
  summary: 'Documents that were made, newest first, with the SHA-256 of each file',
  row,
  rows: async (view) =>
    (await view.store.documents.list()).map((document) => ({
      key: document.key,
      name: document.name,
      month: document.month,
      pd: document.pd ?? null,
      revision: document.revision,
      changeCount: document.changeCount,
      madeAt: instant(view, document.madeAtMs),
      madeBy: document.madeBy,
      figuresSha256: document.figuresHash,
      checkpoint:
        document.checkpoint === undefined
          ? null
          : {
              seq: document.checkpoint.seq,
              hash: document.checkpoint.hash,
              at: instant(view, document.checkpoint.atMs),
            },
      isKept: document.folder !== undefined,
      files: [...document.files],
    })),
};
