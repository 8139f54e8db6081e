import { suggestName } from '../nearest-name.ts';
import { describeValue } from '../json-node.ts';
import type { KnownNames } from '../known-names.ts';
import type { ConfigProblem } from '../problem.ts';
import type { PantauConfig } from '../schema.ts';

const typeWords = { number: 'a number', string: 'text', boolean: 'true or false' } as const;

/** Every parameter is one that the rule of its duty works with, and of the type that it takes. */
export function paramsCheck({ obligations }: PantauConfig, { params: known, lawParams }: KnownNames): ConfigProblem[] {
  return Object.entries(obligations).flatMap(([id, { params = {} }]) => {
    const specs = Object.hasOwn(known, id) ? known[id] : undefined;
    // That the duty itself is not known is said by another check.
    if (specs === undefined) return [];
    return Object.entries(params).flatMap(([name, value]): ConfigProblem[] => {
      const path = ['obligations', id, 'params', name];
      const type = Object.hasOwn(specs, name) ? specs[name] : undefined;
      if (type === undefined) {
        const message = `is no parameter of this duty; ${suggestName(name, Object.keys(specs))}`;
        return [{ path, message, atKey: true }];
      }
      const law = lawParams[id]?.[name];
      if (law !== undefined) return [{ path, message: `is set by the law itself, ${law}; take it out`, atKey: true }];
      if (typeof value === type) return [];
      return [{ path, message: `must be ${typeWords[type]}, and this is ${describeValue(value)}` }];
    });
  });
}
