import { changesNothing, isComplete, type Plan } from '../pipeline/plan/make-plan.ts';

/** A plan for scripts: whole, with what it comes to first. */
export function planObject(plan: Plan, names: { readonly list: string; readonly against: string | null }): object {
  return {
    list: names.list,
    comparedWith: names.against ?? 'what is published',
    changesNothing: changesNothing(plan),
    isComplete: isComplete(plan),
    ...plan,
  };
}
