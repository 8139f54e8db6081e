import Type from 'typebox';
import { SignedConfigSchema } from './agent-config-schema.ts';

/** What `POST /api/v1/enroll` takes; the body is signed with the new agent's own key, which proves that it has it. */
export const EnrolRequestSchema = Type.Object(
  {
    secret: Type.String({ pattern: '^[A-Za-z0-9_-]{43}$' }),
    publicKey: Type.String({ pattern: '^[A-Za-z0-9_-]{43}$' }),
    /** The machine's own name; the collector makes it unique within the department. */
    node: Type.String({ pattern: '^[a-z0-9][a-z0-9-]{0,62}$' }),
    agentVersion: Type.String({ maxLength: 32 }),
  },
  { additionalProperties: false },
);
export type EnrolRequest = Type.Static<typeof EnrolRequestSchema>;

export const EnrolAnswerSchema = Type.Object(
  {
    agent: Type.String({ pattern: '^[a-z2-7]{16}$' }),
    collectorPublicKey: Type.String({ pattern: '^[A-Za-z0-9_-]{43}$' }),
    configuration: SignedConfigSchema,
  },
  { additionalProperties: false },
);
export type EnrolAnswer = Type.Static<typeof EnrolAnswerSchema>;
