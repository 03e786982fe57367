import { describe, expect, test } from 'vitest';
import { pagerNames } from '../../src/config/pagers.ts';
import { checkPagers } from '../../src/paging/open-pagers.ts';
import { pagers } from '../../src/paging/registry.ts';

describe('the catalogue of pagers', () => {
  test.each(pagers)('$name describes itself', (pager) => {
    expect(pager.about).toMatch(/^[A-Z].*\.$/);
    expect(pager.vendor).not.toBe('');
    expect(checkPagers({ [pager.name]: pager.example })).toEqual([]);
    expect(checkPagers({ [pager.name]: { ...(pager.example as object), typo: 1 } })).toHaveLength(1);
  });

  test('holds the names that a policy may use', () => {
    expect(pagers.map(({ name }) => name).sort()).toEqual([...pagerNames].sort());
  });

  test('an unknown pager and a wrong setting are named with their place', () => {
    expect(checkPagers({ fax: {}, webhook: { url: 'ftp://x', secretRef: 'S' } })).toMatchObject([
      { path: ['fax'], message: expect.stringContaining('slack, pagerduty, webhook') },
      { path: ['webhook', 'url'] },
    ]);
  });
});
