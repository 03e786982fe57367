import { describe, expect, test } from 'vitest';
import { createRedactor } from '../../src/kit/redact.ts';
import { tokenPatterns } from '../../src/kit/token-patterns.ts';

describe('createRedactor', () => {
  test('masks a declared secret wherever and however it is written', () => {
    const secret = 'p@ss "w/ord"\nline two';
    const redact = createRedactor([secret]);
    const shapes = [
      secret,
      JSON.stringify({ secret }),
      encodeURIComponent(secret),
      Buffer.from(secret).toString('base64'),
    ];
    for (const shape of shapes) {
      const masked = redact(`before ${shape} after`);
      expect(masked).not.toContain('w/ord');
      expect(masked).not.toContain(shape);
      expect(masked).toMatch(/^before .*\[redacted\].* after$/s);
    }
  });
  test('masks the longer of two secrets that begin alike', () => {
    expect(createRedactor(['token', 'token-with-tail'])('x token-with-tail')).toBe('x [redacted]');
  });
  test('takes characters of regular expressions literally', () => {
    expect(createRedactor(['a.c*d'])('abcd a.c*d')).toBe('abcd [redacted]');
  });
  test('ignores an empty or tiny secret instead of destroying the text', () => {
    expect(createRedactor(['', 'ab'])('abc')).toBe('abc');
  });
  test('keeps a JSON log line parseable', () => {
    const line = JSON.stringify({
      level: 30,
      url: 'redis://default:hunter2@redis:6379',
      password: 'hunter2hunter2',
      msg: 'connect',
    });
    const masked = JSON.parse(createRedactor(['hunter2'])(line));
    expect(masked).toMatchObject({ level: 30, msg: 'connect', url: 'redis://default:[redacted]@redis:6379' });
    expect(masked.password).not.toContain('hunter2');
  });
  test('leaves ordinary incident text alone', () => {
    const text =
      'Redis master redis-1:6379 is down. Basic checks passed, secretRef: REDIS_PASSWORD, key: orders, https://grafana.example/d/abc?orgId=1, commit 87f7ab7, 오류율 12.4%';
    expect(createRedactor([])(text)).toBe(text);
  });
  test('finishes at once on text made to make expressions backtrack', () => {
    const redact = createRedactor(['secret-value']);
    const start = performance.now();
    for (const piece of [
      '-----BEGIN PRIVATE KEY-----',
      'a://a:',
      'password=',
      'Basic ',
      'eyJaaaaaaaaaa.',
      'xoxb-',
      '?key=',
    ]) {
      redact(piece.repeat(20_000));
    }
    redact('a'.repeat(500_000));
    expect(performance.now() - start).toBeLessThan(5000);
  });
});

describe.each(tokenPatterns)('pattern $name', ({ find, mask, example }) => {
  test('masks its example inside a sentence, and masking twice changes nothing', () => {
    const masked = `see ${example} here`.replace(find, mask);
    expect(masked).toContain('[redacted');
    expect(masked.startsWith('see ')).toBe(true);
    const redact = createRedactor([]);
    expect(redact(redact(example))).toBe(redact(example));
    for (const tail of example.match(/[A-Za-z0-9]{12,}/g) ?? []) expect(redact(example)).not.toContain(tail);
  });
});
