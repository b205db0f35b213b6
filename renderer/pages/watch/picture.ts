import Graph from 'graphology';
import forceAtlas2 from 'graphology-layout-forceatlas2';
import Sigma from 'sigma';
import type { Link, Person, Traffic, WatchFrame } from './scene.ts';

export type Scheme = 'light' | 'dark';
type Colors = Readonly<
  Record<Traffic['kind'] | 'line' | 'found' | 'text' | 'bank', string> & {
    tastes: readonly string[];
  }
>;

/** One color for each kind of message; people stay quiet beside them. */
export const palettes: Readonly<Record<Scheme, Colors>> = {
  light: {
    ...{ ask: '#e69f00', bid: '#0072b2', buy: '#d55e00', document: '#009e73', money: '#b8860b' },
    ...{ line: '#cfc9c0', found: '#76c2b7', text: '#35322e', bank: '#c98a12' },
    tastes: ['#7a8fa6', '#a68f7a', '#8fa67a', '#a67a96', '#7aa69f'],
  },
  dark: {
    ...{ ask: '#f0b429', bid: '#56b4e9', buy: '#ff8a4c', document: '#3ddba9', money: '#f2d16b' },
    ...{ line: '#57534c', found: '#24796d', text: '#e6e3de', bank: '#f2b84b' },
    tastes: ['#8ea6c0', '#c0a68e', '#a6c08e', '#c08eae', '#8ec0b8'],
  },
};

const firstRounds = 300;
/** The picture drifts so long after the graph has grown. */
const driftRounds = 40;
/** Of what lights an edge up, so much is left after each beat. */
const fading = 0.82;
const dark = 0.08;
const quietSize = 1.5;

/** The picture of a market: people as nodes, neighbors as edges that light up when something passes. */
export class Picture {
  readonly #graph = new Graph({ type: 'undirected', multi: false });
  readonly #sigma: Sigma;
  readonly #colors: Colors;
  readonly #heat = new Map<string, { kind: Traffic['kind']; left: number }>();
  #drifts = 0;

  constructor(container: HTMLElement, scheme: Scheme) {
    this.#colors = palettes[scheme];
    this.#sigma = new Sigma(this.#graph, container, {
      allowInvalidContainer: true,
      labelColor: { color: this.#colors.text },
      labelFont: 'Inter Variable, system-ui, sans-serif',
      labelSize: 12,
      labelRenderedSizeThreshold: 3,
      labelDensity: 2,
      stagePadding: 40,
      minCameraRatio: 0.1,
      maxCameraRatio: 4,
      zIndex: true,
      defaultDrawNodeHover: () => undefined,
    });
  }

  take({ people, links, traffic, wealth }: WatchFrame): void {
    if (people) this.#begin(people);
    for (const link of links) this.#link(link);
    if (people && this.#graph.order > 2) this.#arrange(firstRounds);
    else if (links.length > 0) this.#drifts = driftRounds;
    for (const { from, to, kind } of traffic) this.#light(from, to, kind);
    wealth.forEach((units, place) => {
      if (this.#graph.hasNode(place))
        this.#graph.setNodeAttribute(
          place,
          'size',
          5 + Math.min(9, Math.sqrt(Math.max(0, units)) / 5),
        );
    });
  }

  /** A beat of the picture: what was lit fades, what has grown finds its place. */
  beat(): void {
    for (const [edge, heat] of this.#heat) {
      heat.left *= fading;
      if (heat.left < dark) this.#fade(edge);
      else this.#graph.setEdgeAttribute(edge, 'size', quietSize + 3.5 * heat.left);
    }
    if (this.#drifts === 0) return;
    this.#drifts -= 1;
    this.#arrange(1);
  }

  kill(): void {
    this.#sigma.kill();
  }

  /** Everybody first stands on a circle, so that the same market gives the same picture. */
  #begin(people: readonly Person[]): void {
    this.#heat.clear();
    this.#graph.clear();
    people.forEach(({ name, taste, role }, place) => {
      const angle = (2 * Math.PI * place) / people.length;
      const issues = role === 'bank' || role === 'issuer';
      this.#graph.addNode(place, {
        label: name,
        x: Math.cos(angle),
        y: Math.sin(angle),
        size: 6,
        zIndex: 1,
        color: issues ? this.#colors.bank : this.#colors.tastes[taste % this.#colors.tastes.length],
      });
    });
  }

  #link({ a, b, found }: Link): void {
    if (this.#graph.hasEdge(a, b)) return;
    const color = found ? this.#colors.found : this.#colors.line;
    this.#graph.addEdge(a, b, { color, quiet: color, size: quietSize, zIndex: 0 });
  }

  /** What passes between people who are no neighbors, a document straight from its seller, shows for a moment. */
  #light(from: number, to: number, kind: Traffic['kind']): void {
    if (from === to || !this.#graph.hasNode(from) || !this.#graph.hasNode(to)) return;
    const there = this.#graph.edge(from, to);
    const edge = there ?? this.#graph.addEdge(from, to, { passing: true });
    this.#graph.mergeEdgeAttributes(edge, { color: this.#colors[kind], size: 5, zIndex: 2 });
    this.#heat.set(edge, { kind, left: 1 });
  }

  #fade(edge: string): void {
    this.#heat.delete(edge);
    const { passing, quiet } = this.#graph.getEdgeAttributes(edge);
    if (passing === true && quiet === undefined) this.#graph.dropEdge(edge);
    else this.#graph.mergeEdgeAttributes(edge, { color: quiet, size: quietSize, zIndex: 0 });
  }

  #arrange(iterations: number): void {
    forceAtlas2.assign(this.#graph, {
      iterations,
      settings: { ...forceAtlas2.inferSettings(this.#graph), slowDown: 8 },
    });
  }
}
