import { Button } from '@mantine/core';
import type { PeerId } from '../../../src/identity/index.ts';
import { Never } from './never.tsx';

interface DecisionProps {
  readonly peer: PeerId;
  readonly name: string;
  /** What its buttons say. */
  readonly yes: string;
  readonly notNow: string;
  /** Which of the two is under way. */
  readonly busy: { readonly yes: boolean; readonly notNow: boolean };
  readonly onYes: () => void;
  readonly onNotNow: () => void;
}

/** Somebody new: yes, not now, or never. */
export function Decision({ peer, name, yes, notNow, busy, onYes, onNotNow }: DecisionProps) {
  return (
    <>
      <Button size="xs" loading={busy.yes} onClick={onYes} aria-label={`${yes}: ${name}`}>
        {yes}
      </Button>
      <Button
        size="xs"
        variant="default"
        loading={busy.notNow}
        onClick={onNotNow}
        aria-label={`${notNow}: ${name}`}
      >
        {notNow}
      </Button>
      <Never peer={peer} name={name} />
    </>
  );
}
