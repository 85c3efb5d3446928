import { afterEach, expect, test, vi } from 'vitest';
import { startDocsWorld } from './world.ts';

afterEach(() => vi.unstubAllEnvs());

test('a world that cannot be started leaves no process and no server behind', { timeout: 120_000 }, async () => {
  const running = (): readonly string[] => process.getActiveResourcesInfo().filter((resource) => resource === 'ProcessWrap' || resource === 'TCPServerWrap' || resource === 'UDPWrap');
  const before = running();
  vi.stubEnv('TENANT_EDGE_TOOLS', '/no-such-folder');
  await expect(startDocsWorld(1)).rejects.toThrow('take helm from TENANT_EDGE_TOOLS');
  expect(running()).toEqual(before);
});
