/**
 * How urgent a key is. What somebody edits goes first; what was begun is finished before something new begins, or of 10,000 objects applied
 * at once none would be done before the last is begun; and no onboarding stands behind 100,000 objects of a restart.
 */
export const priorities = { user: 20, progress: 10, arrival: 5, dependent: 0, idle: -100 } as const;

export type Priority = (typeof priorities)[keyof typeof priorities];

/** All of them, highest first. */
export const descending = [priorities.user, priorities.progress, priorities.arrival, priorities.dependent, priorities.idle] as const;

/** A value for each priority. */
export const perPriority = <Value>(valueOf: (priority: Priority) => Value): Readonly<Record<Priority, Value>> => ({
  [priorities.user]: valueOf(priorities.user),
  [priorities.progress]: valueOf(priorities.progress),
  [priorities.arrival]: valueOf(priorities.arrival),
  [priorities.dependent]: valueOf(priorities.dependent),
  [priorities.idle]: valueOf(priorities.idle),
});
