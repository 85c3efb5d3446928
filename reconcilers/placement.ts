/*
 * Which of its tier's web ACLs a tenant uses, and how many a tier keeps open. The tier owns the ACLs and publishes them in the order of
 * their numbers; the tenant chooses, and its choice lives in AWS (`Customizations.WebAcl`), so that nothing has to be remembered.
 *
 *            more tenants than 90 % of the open ones          fewer than 70 % of one fewer
 *   n open ─────────────────────────────────────────> n + 1 open ─────────────────────────────> n open, the last one retiring
 */

/** One web ACL of a tier that takes tenants: `taken` of its seats are held by others. */
export type Slot = { readonly arn: string; readonly taken: number };

/**
 * The ACL to use: the present one while it is open, however full, since tenants are placed stably; else the first with a seat left, so
 * that gaps fill before new ACLs do. Undefined where none has.
 */
export const chooseSlot = (slots: readonly Slot[], capacity: number, present: string | undefined): string | undefined =>
  (slots.find(({ arn }) => arn === present) ?? slots.find(({ taken }) => taken < capacity))?.arn;

// The next is opened before the last is full, since it takes AWS a minute to know it; closed with room to spare, so that no tenant swings to and fro.
const openAbovePercent = 90;
const closeBelowPercent = 70;

/**
 * How many web ACLs are to be open for so many tenants, 1 at least. `seats` are those of the present ones in their order (foreign
 * associations taken off), `capacity`, 1 at least, those of one that is still to come.
 */
export const slotsFor = (tenants: number, seats: readonly number[], capacity: number): number => {
  const seatsOf = (index: number): number => Math.max(0, seats[index] ?? capacity);
  let count = Math.max(1, seats.length);
  let room = Array.from({ length: count }, (_, index) => seatsOf(index)).reduce((sum, some) => sum + some, 0);
  if (tenants * 100 > room * openAbovePercent) {
    const missing = (tenants * 100) / openAbovePercent - room;
    return count + Math.max(1, Math.ceil(missing / Math.max(1, capacity)));
  }
  while (count > 1 && tenants * 100 < (room - seatsOf(count - 1)) * closeBelowPercent) room -= seatsOf(--count);
  return count;
};
