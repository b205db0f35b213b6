import { createContext, useContext } from 'react';
import type { PickedClient } from './pick-client.ts';

export const ConnectionContext = createContext<PickedClient | undefined>(undefined);

export function useConnection(): PickedClient {
  const connection = useContext(ConnectionContext);
  if (!connection) throw new Error('There is no connection above this component.');
  return connection;
}
