import Type from 'typebox';
import { type DocumentFormat, documentFormats } from '../documents/write-document.ts';

const strict = { additionalProperties: false };

const Format = Type.Unsafe<DocumentFormat>(Type.Union(documentFormats.map((format) => Type.Literal(format))));

/** `reports` of pantau.yaml: what is made by itself, and by which instrument coverage is counted. */
export const ReportSettings = Type.Object(
  {
    indicators: Type.String({
      pattern: '^[a-z0-9][a-z0-9-]{0,62}$',
      default: 'permenpanrb-59-2020',
      description: 'the instrument by whose indicators coverage is counted',
    }),
    /** Made by the collector itself into <data>/reports/<month>; nothing when absent. */
    monthly: Type.Optional(
      Type.Object(
        {
          /** On each of these the last month is told; a further one makes a revision when late data changed it. */
          days: Type.Array(Type.Integer({ minimum: 1, maximum: 28 }), {
            default: [1],
            minItems: 1,
            maxItems: 28,
            description: 'days of the following month',
          }),
          time: Type.String({
            pattern: '^([01]\\d|2[0-3]):[0-5]\\d$',
            default: '06:00',
            description: "a time of the Pemda's zone such as 06:00",
          }),
          formats: Type.Array(Format, {
            default: [...documentFormats],
            minItems: 1,
            maxItems: documentFormats.length,
          }),
          /** Beside the report of the Pemda one for each department. */
          perDepartment: Type.Boolean({ default: false }),
          /** Files of older months are removed; what was made, and its hashes, stays known. */
          keepMonths: Type.Integer({ default: 36, minimum: 1, maximum: 600 }),
        },
        strict,
      ),
    ),
  },
  { ...strict, default: {} },
);
export type ReportSettings = Type.Static<typeof ReportSettings>;
export type MonthlySettings = NonNullable<ReportSettings['monthly']>;
