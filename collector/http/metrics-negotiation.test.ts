import { describe, expect, it } from 'vitest';
import { AppError } from '../../shared/errors.ts';
import { acceptedCodings, askedGroups, preferredFormat } from './metrics-negotiation.ts';

const prometheus =
  'application/openmetrics-text;version=1.0.0,application/openmetrics-text;version=0.0.1;q=0.75,text/plain;version=0.0.4;q=0.5,*/*;q=0.1';

describe('the format of a page', () => {
  it.each([
    ['Prometheus', prometheus, 'openmetrics'],
    ['a browser', 'text/html,application/xhtml+xml,*/*;q=0.8', 'text'],
    ['whoever says nothing', undefined, 'text'],
    ['whoever takes everything', '*/*', 'text'],
    ['a name without a version', 'application/openmetrics-text', 'openmetrics'],
    ['capitals and blanks', 'Application/OpenMetrics-Text ; Version="1.0.0" ; Q=1', 'openmetrics'],
    ['the older text more', 'application/openmetrics-text;q=0.4, text/plain;q=0.5', 'text'],
    ['both as much', 'text/plain, application/openmetrics-text', 'openmetrics'],
    ['OpenMetrics on no account', 'application/openmetrics-text;q=0, */*', 'text'],
    ['a version that there is not', 'application/openmetrics-text;version=0.0.1', 'text'],
    ['only what there is not', 'application/json', 'text'],
    ['nonsense', ';;q=,,=;q=2', 'text'],
  ])('for %s', (_name, accept, format) => {
    expect(preferredFormat(accept)).toBe(format);
  });
});

describe('the coding of a page', () => {
  it.each([
    ['gzip', ['gzip', 'identity']],
    ['gzip, deflate, br, zstd', ['gzip', 'identity']],
    ['GZIP;q=0.001', ['gzip', 'identity']],
    ['x-gzip', ['gzip', 'identity']],
    ['*', ['gzip', 'identity']],
    ['gzip;q=0', ['identity']],
    ['gzip;q=0.0, *', ['identity']],
    ['br', ['identity']],
    ['', ['identity']],
    [undefined, ['identity']],
    ['identity, gzip;q=0.5', ['identity', 'gzip']],
    ['gzip, identity;q=0', ['gzip']],
    ['gzip, *;q=0', ['gzip']],
  ])('asked for with %s', (header, codings) => {
    expect(acceptedCodings(header)).toEqual(codings);
  });
});

describe('the groups of a page', () => {
  it('are all of them unless some are named', () => {
    expect(askedGroups('/metrics')).toBeUndefined();
    expect(askedGroups('/metrics?format=x')).toBeUndefined();
  });

  it('are those that are named', () => {
    const url = '/metrics?collect[]=node&collect%5B%5D=collector&collect[]=node';

    expect([...(askedGroups(url) ?? [])]).toEqual(['node', 'collector']);
  });

  it('are not chosen by a name without brackets, which says so', () => {
    expect(() => askedGroups('/metrics?collect=node')).toThrow('Write collect[]=… with its brackets');
  });

  it.each(['', 'nodes', '__proto__', 'x'.repeat(1000)])('are told to who asks for another one: "%s"', (name) => {
    const ask = () => askedGroups(`/metrics?collect[]=node&collect[]=${name}`);

    expect(ask).toThrow(AppError);
    expect(ask).toThrow(/^There is no group "[^"]{0,64}"; collect\[\] is one of node, link, .*, collector\.$/);
  });
});
