import { create } from 'zustand';
import { useAnswer } from '../../stores/use-answer.ts';

/** When a setting was saved that holds from the peer's next start on. */
const useNoted = create<{ readonly at: number | undefined }>(() => ({ at: undefined }));

export function noteRestartNeeded(): void {
  useNoted.setState({ at: Date.now() });
}

/** Until the peer has started again. */
export function useRestartNeeded(): boolean {
  const { at } = useNoted();
  const startedAt = useAnswer('peer.status', {}).data?.startedAt;
  return at !== undefined && (startedAt === undefined || startedAt < at);
}
