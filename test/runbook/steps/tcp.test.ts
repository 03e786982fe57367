import { afterEach, describe, expect, it } from 'vitest';
import { tcp } from '../../../src/runbook/steps/tcp.ts';
import { type Port, startSilentPort, startTcp } from '../../parts/ports.ts';
import { freePort } from '../../parts/redis-node.ts';
import { runForReal } from '../../parts/run.ts';

describe('tcp against real ports', () => {
  let port: Port | undefined;
  afterEach(async () => {
    await port?.stop();
    port = undefined;
  });

  it('says open', async () => {
    port = await startTcp(() => {});
    const report = await runForReal(tcp, { address: port.address });
    expect(report).toMatchObject({ verdict: 'pass', facts: { open: 1, addresses: 1 } });
    expect(report.cause).toBeUndefined();
  });

  it('takes the port of a URL', async () => {
    port = await startTcp(() => {});
    expect(await runForReal(tcp, { address: `http://${port.address}/healthz` })).toMatchObject({
      verdict: 'pass',
    });
  });

  it('says refused', async () => {
    const report = await runForReal(tcp, { address: `127.0.0.1:${await freePort()}` });
    expect(report).toMatchObject({ verdict: 'fail', cause: 'port-refused' });
    expect(report.sentence).toContain('nothing listens on the port');
  });

  it('says reset', async () => {
    port = await startTcp((socket) => setTimeout(() => socket.resetAndDestroy(), 20));
    expect(await runForReal(tcp, { address: port.address })).toMatchObject({
      verdict: 'fail',
      cause: 'connection-reset',
    });
  });

  it('says closed at once', async () => {
    port = await startTcp((socket) => setTimeout(() => socket.end(), 20));
    expect(await runForReal(tcp, { address: port.address })).toMatchObject({
      verdict: 'fail',
      cause: 'connection-closed',
    });
  });

  it('says silent within its patience', async () => {
    port = await startSilentPort();
    const report = await runForReal(tcp, { address: port.address, patience: '500ms' });
    expect(report).toMatchObject({ verdict: 'fail', cause: 'port-silent' });
    expect(report.ms).toBeLessThan(1500);
  });

  it('says that a name does not resolve, or cannot tell', async () => {
    const report = await runForReal(tcp, { address: 'no-such-host.invalid:443', patience: '2s' });
    expect(report.sentence).toContain('no-such-host.invalid');
    // Without any network the resolver gives no answer, which is no fault of the name.
    expect(['fail', 'unknown']).toContain(report.verdict);
  });

  it('never dials the metadata address', async () => {
    const report = await runForReal(tcp, { address: '169.254.169.254:80' });
    expect(report).toMatchObject({ verdict: 'unknown', sentence: expect.stringContaining('never dialled') });
  });
});
