import type { Stage } from './stage.ts';

/**
 * Has customers add the validation records the moment a certificate is requested, before they are told which: for tests that are about
 * what comes after the wait for them. Returns the way to stop.
 */
export const eagerCustomers = ({ world }: Stage): (() => void) =>
  world.simulator.onMutation(({ operation }) => {
    if (operation !== 'RequestCertificate') return;
    for (const { name, value } of world.simulator.inspect.certificates().flatMap(({ records }) => records)) world.zones.set(name, 'CNAME', [value]);
  });
