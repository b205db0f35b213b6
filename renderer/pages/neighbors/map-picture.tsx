import { useComputedColorScheme } from '@mantine/core';
import Graph from 'graphology';
import forceAtlas2 from 'graphology-layout-forceatlas2';
import { useEffect, useRef } from 'react';
import Sigma from 'sigma';
import { useTexts } from '../../i18n/index.ts';
import type { Acquainted } from './acquaintances.ts';

interface MapPictureProps {
  readonly people: readonly Acquainted[];
  readonly onOpen: (peer: string) => void;
  /** The window has no WebGL. */
  readonly onCannot: () => void;
}

type Scheme = 'light' | 'dark';
type Colors = Readonly<Record<Acquainted['list'] | 'line' | 'text', string>>;

const palettes: Readonly<Record<Scheme, Colors>> = {
  light: {
    you: '#f2b84b',
    primary: '#137265',
    secondary: '#4fb0a3',
    undesirable: '#b3413a',
    discovered: '#8f8a82',
    line: '#bfbab2',
    text: '#35322e',
  },
  dark: {
    you: '#f2b84b',
    primary: '#4fb0a3',
    secondary: '#1f8a7c',
    undesirable: '#d9736c',
    discovered: '#a19c94',
    line: '#78736b',
    text: '#e6e3de',
  },
};

const kinds = ['you', 'primary', 'secondary', 'undesirable', 'discovered'] as const;
const layoutRounds = 200;

/** A click on somebody opens the details. Screen readers get the table instead. */
export function MapPicture({ people, onOpen, onCannot }: MapPictureProps) {
  const t = useTexts();
  const place = useRef<HTMLDivElement>(null);
  const scheme = useComputedColorScheme('light');
  // biome-ignore lint/correctness/useExhaustiveDependencies: what to do on a click does not change the picture
  useEffect(() => {
    if (!place.current) return;
    const picture = draw(place.current, people, palettes[scheme]);
    if (!picture) return onCannot();
    picture.on('clickNode', ({ node }) => {
      if (people.some(({ peer, list }) => peer === node && list !== 'you')) onOpen(node);
    });
    return () => picture.kill();
  }, [people, scheme]);
  return (
    <>
      <div ref={place} className="souk-map" role="img" aria-label={t('neighbors.map.title')} />
      <ul className="souk-map-legend">
        {kinds
          .filter((kind) => people.some(({ list }) => list === kind))
          .map((kind) => (
            <li key={kind}>
              <span style={{ background: palettes[scheme][kind] }} aria-hidden="true" />
              {kind === 'you' || kind === 'discovered'
                ? t(`neighbors.map.${kind}`)
                : t(`neighbors.list.${kind}`)}
            </li>
          ))}
      </ul>
    </>
  );
}

function draw(
  container: HTMLElement,
  people: readonly Acquainted[],
  colors: Colors,
): Sigma | undefined {
  if (!document.createElement('canvas').getContext('webgl2')) return undefined;
  return new Sigma(graphOf(people, colors), container, {
    allowInvalidContainer: true,
    labelColor: { color: colors.text },
    labelFont: 'Inter Variable, system-ui, sans-serif',
    labelSize: 13,
    stagePadding: 70,
    labelRenderedSizeThreshold: 5,
    minCameraRatio: 0.1,
    maxCameraRatio: 4,
    defaultDrawNodeHover: () => undefined,
  });
}

/** Everybody first stands on a circle, so that the same people give the same picture. */
function graphOf(people: readonly Acquainted[], colors: Colors): Graph {
  const graph = new Graph({ type: 'directed' });
  people.forEach(({ peer, name, list }, place) => {
    const angle = (2 * Math.PI * place) / people.length;
    const radius = list === 'you' ? 0 : list === 'discovered' ? 2 : 1;
    graph.addNode(peer, {
      label: shortName(name),
      x: radius * Math.cos(angle),
      y: radius * Math.sin(angle),
      size: list === 'you' ? 14 : list === 'discovered' ? 7 : 10,
      color: colors[list],
    });
  });
  for (const { peer, through } of people) {
    if (through !== undefined) graph.addEdge(through, peer, { color: colors.line, size: 2 });
  }
  if (people.length > 2) {
    forceAtlas2.assign(graph, {
      iterations: layoutRounds,
      settings: { ...forceAtlas2.inferSettings(graph), adjustSizes: false },
    });
  }
  return graph;
}

function shortName(name: string): string {
  const letters = [...name];
  return letters.length > 24 ? `${letters.slice(0, 23).join('')}…` : name;
}
