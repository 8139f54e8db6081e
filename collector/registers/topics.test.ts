import { describe, expect, it } from 'vitest';
import { topicNamed, topics } from './topics.ts';

describe('the topics of records', () => {
  it('have names that differ, in the order of the alphabet', () => {
    const names = topics.map(({ name }) => name);

    expect(names).toEqual([...new Set(names)].toSorted());
    expect(topicNamed('cable-label')?.title.id).toBe('pemeriksaan label kabel data');
    expect(topicNamed('hujan')).toBeUndefined();
  });

  it.each(['id', 'en'] as const)('stand within a sentence in the language %s', (language) => {
    for (const { title } of topics) expect(title[language]).toMatch(/^[a-zA-Z][^{}.:]{6,70}$/);
  });
});
