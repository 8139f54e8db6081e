import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createAnswerReader, type HttpAnswer } from './http-answers.ts';

const bytes = Buffer.from(
  [
    'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 7\r\n\r\n{"a":1}',
    'HTTP/1.1 503 Service Unavailable\r\nretry-after: 12\r\ncontent-length: 0\r\n\r\n',
    'HTTP/1.1 204 No Content\r\nDate: now\r\n\r\n',
  ].join(''),
);
const answers: HttpAnswer[] = [
  { status: 200, retryAfterSeconds: undefined },
  { status: 503, retryAfterSeconds: 12 },
  { status: 204, retryAfterSeconds: undefined },
];

it('finds the same answers however the bytes are cut', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(bytes.length), { maxLength: 8 }), (cuts) => {
      const found: HttpAnswer[] = [];
      const read = createAnswerReader((answer) => found.push(answer));
      const places = [0, ...cuts.toSorted((a, b) => a - b), bytes.length];
      for (const [index, place] of places.slice(1).entries()) read(bytes.subarray(places[index], place));
      expect(found).toEqual(answers);
    }),
  );
});

it('refuses an answer whose end it cannot know', () => {
  const read = createAnswerReader(() => {});
  expect(() => read(Buffer.from('HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n'))).toThrow(
    'A server sent an answer without a length: HTTP/1.1 200 OK',
  );
});

it('refuses a head without an end', () => {
  const read = createAnswerReader(() => {});
  expect(() => read(Buffer.alloc(17_000, 'x'))).toThrow('A server sent a head that does not end.');
});
