import { create } from 'zustand';
import type { ListenState } from '../../main/bridge/client.ts';

/** Whether the peer behind this window answers, and still knows it. */
export const useConnectionState = create<{ readonly state: ListenState }>(() => ({
  state: 'open',
}));
