import { expect, it } from 'vitest';
import { formatBytes } from '../../src/runbook/format-bytes.ts';

it.each([
  [0, '0 B'],
  [1023, '1023 B'],
  [1024, '1 KiB'],
  [22_731_544, '21.7 MiB'],
  [5 * 1024 ** 5, '5120 TiB'],
])('writes %d bytes as %s', (bytes, text) => expect(formatBytes(bytes)).toBe(text));
