import type { PlantedFault } from './plan-world.ts';

/** A rehearsal that does not see that the operator's rules are others, and sorts nothing anew. */
export const blindToChangedRules: PlantedFault = (room) => ({
  ...room,
  store: {
    ...room.store,
    fact: async (name) => (name === 'curated-with' ? null : room.store.fact(name)),
  },
});
