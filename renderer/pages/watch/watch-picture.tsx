import { useComputedColorScheme } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { useTexts } from '../../i18n/index.ts';
import { Picture, palettes } from './picture.ts';
import { trafficKinds } from './scene.ts';
import type { WatchedWorld } from './watched-world.ts';

const beatMs = 60;

interface WatchPictureProps {
  readonly world: WatchedWorld;
  /** The window has no WebGL. */
  readonly onCannot: () => void;
}

/** The market as a picture that moves; screen readers have the events and the figures beside it. */
export function WatchPicture({ world, onCannot }: WatchPictureProps) {
  const t = useTexts();
  const place = useRef<HTMLDivElement>(null);
  const scheme = useComputedColorScheme('light');
  // biome-ignore lint/correctness/useExhaustiveDependencies: what to do without graphics does not change the picture
  useEffect(() => {
    if (!place.current) return;
    if (!document.createElement('canvas').getContext('webgl2')) return onCannot();
    const picture = new Picture(place.current, scheme);
    const unfollow = world.follow((frame) => picture.take(frame));
    const beats = window.setInterval(() => picture.beat(), beatMs);
    return () => {
      window.clearInterval(beats);
      unfollow();
      picture.kill();
    };
  }, [world, scheme]);
  const dot = (color: string, text: string) => (
    <li key={text}>
      <span style={{ background: color }} aria-hidden="true" />
      {text}
    </li>
  );
  const colors = palettes[scheme];
  return (
    <>
      <div ref={place} className="souk-watch-picture" role="img" aria-label={t('watch.picture')} />
      <ul className="souk-watch-legend">
        {trafficKinds.map((kind) => dot(colors[kind], t(`watch.legend.${kind}`)))}
        {dot(colors.found, t('watch.legend.found'))}
        {dot(colors.bank, t('watch.legend.bank'))}
        <li>{t('watch.legend.taste')}</li>
      </ul>
    </>
  );
}
