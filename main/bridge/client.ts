import type { Problem } from '../../src/problem.ts';
import type { Result } from '../../src/result.ts';
import type { EventFrame, MethodInput, MethodName, MethodOutput } from './contract.ts';

/**
 * How a listener's connection stands. After `lost` it is taken up again as soon as the peer answers; after
 * `refused` never: it is another start, which has another token.
 */
export type ListenState = 'open' | 'lost' | 'refused';

/** One port to a peer, whatever lies between. */
export interface BridgeClient {
  /**
   * Carries a method out. Refusals are values; where the peer cannot be reached the problem is
   * `unreachable`, and nobody knows whether it was carried out.
   */
  call<M extends MethodName>(
    method: M,
    input: MethodInput<M>,
  ): Promise<Result<MethodOutput<M>, Problem>>;
  /**
   * Tells events from now on. Resolves once nothing is missed any more, with the function that ends it.
   * Throws a `SoukError` where the peer cannot be reached or refuses.
   */
  listen(
    listener: (frame: EventFrame) => void,
    onState?: (state: ListenState) => void,
  ): Promise<() => void>;
  /** Ends all listening. */
  close(): void;
}
