/** What `bench cluster` can measure, in the order in which it does. */
export const modeNames = ['advance', 'rounds', 'exchange', 'fgsm', 'pgd'] as const;

export type ModeName = (typeof modeNames)[number];
