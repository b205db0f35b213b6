import { create } from 'zustand';

/** Whether the peer behind this window answers. */
export const useConnectionState = create<{ readonly state: 'open' | 'lost' }>(() => ({
  state: 'open',
}));
