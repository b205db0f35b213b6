/** The first steps, in their order; each can be skipped, and none is needed by a later one. */
export const steps = ['welcome', 'you', 'share', 'money', 'neighbor', 'ready'] as const;
export type Step = (typeof steps)[number];

export function stepOf(text: string | undefined): Step {
  return steps.find((step) => step === text) ?? 'welcome';
}

export function stepAfter(step: Step): Step {
  return steps[Math.min(steps.indexOf(step) + 1, steps.length - 1)] ?? step;
}

export function stepBefore(step: Step): Step {
  return steps[Math.max(steps.indexOf(step) - 1, 0)] ?? step;
}
