import type { ShelfDocument } from '../kernel/index.ts';
import { testPeerId, testSigner, testVerifier } from '../kernel/test-context.ts';
import { marketSettings } from '../settings/index.ts';
import { endpointOf, type SimPeer, World, wireSignatures } from '../simulation/index.ts';
import type { Milliseconds } from '../time.ts';
import type { TestPeer } from './test-world-peer.ts';

export interface PeerOptions {
  /** As a person would write them: what is not said is the default. */
  readonly settings?: Record<string, unknown>;
  readonly documents?: readonly ShelfDocument[];
}

const inputsMax = 200_000;

/**
 * For tests: a simulated world whose peers are written down as a person would, and keep what they told their
 * screens.
 */
export class TestWorld extends World {
  declare readonly peers: TestPeer[];
  /** Called after every input that has written something, before its effects leave. */
  watch: (peer: TestPeer) => void = () => undefined;

  constructor(seed = 1) {
    super({
      seed,
      signatures: wireSignatures((n) => testSigner(testPeerId(n + 1)), testVerifier),
      watchChanges: true,
    });
    this.observe({
      event: (peer, event) => this.#known(peer).events.push(event),
      changed: (peer) => this.watch(this.#known(peer)),
      handled: () => {
        if (this.counts.inputs > inputsMax) throw new Error('The world does not come to an end.');
      },
    });
  }

  override add(name: string, { settings = {}, documents = [] }: PeerOptions = {}): TestPeer {
    const made = super.add(name, {
      settings: marketSettings.parse({ name, endpoints: [endpointOf(name)], ...settings }),
      documents,
    });
    return Object.assign(made, { events: [] });
  }

  /** For `watch`: the peer stops with what it has just written, before anything of it leaves, and starts later. */
  stopAtCommit(peer: TestPeer, downMs: Milliseconds): void {
    const before = peer.forge;
    peer.forge = () => ({ kind: 'event', event: { type: 'neighbor', peer: peer.id } });
    this.at(this.now, () => {
      if (before) peer.forge = before;
      else delete peer.forge;
      this.crash(peer, downMs);
    });
  }

  #known({ index }: SimPeer): TestPeer {
    return this.peers[index] as TestPeer;
  }
}
