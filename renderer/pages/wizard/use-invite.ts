import { useEffect, useState } from 'react';
import type { MethodOutput } from '../../../main/bridge/contract.ts';
import { useConnection } from '../../client/connection.ts';
import { inviteIn } from '../neighbors/invite-text.ts';
import { useDraft } from './use-draft.ts';

export interface Invite {
  readonly text: string;
  /** What of the text is the invite. */
  readonly invite: string;
  readonly set: (text: string) => void;
  /** Whose it is; undefined while it is read, or where it is none. */
  readonly read: MethodOutput<'neighbors.readInvite'> | undefined;
  readonly problem: string | undefined;
}

interface Reading {
  readonly of: string;
  readonly read?: MethodOutput<'neighbors.readInvite'>;
  readonly problem?: string;
}

/** The friend's invite: typed once, there in every step that needs it. */
export function useInvite(): Invite {
  const { client } = useConnection();
  const [text, set] = useDraft('invite');
  const [reading, setReading] = useState<Reading>({ of: '' });
  const invite = inviteIn(text);
  useEffect(() => {
    if (invite === '') return;
    let asked = true;
    void client.call('neighbors.readInvite', { invite }).then((answer) => {
      if (!asked) return;
      setReading(
        answer.ok
          ? { of: invite, read: answer.value }
          : { of: invite, problem: answer.error.detail },
      );
    });
    return () => {
      asked = false;
    };
  }, [client, invite]);
  const current = reading.of === invite && invite !== '' ? reading : undefined;
  return { text, invite, set, read: current?.read, problem: current?.problem };
}
