import './watch.css';
import { Alert, Text } from '@mantine/core';
import { useEffect, useState, useSyncExternalStore } from 'react';
import { Page } from '../../components/page.tsx';
import { useTexts } from '../../i18n/index.ts';
import type { WatchPlan } from './scene.ts';
import { PlanControls, PlayControls } from './watch-controls.tsx';
import { WatchPicture } from './watch-picture.tsx';
import { EventList, MoneyTable, TallyRow } from './watch-side.tsx';
import { WatchedWorld } from './watched-world.ts';
import { openWorld } from './world-port.ts';

const firstPlan: WatchPlan = { seed: 1, peers: 24, graph: 'communities' };

/** A small market that trades by itself, in a worker of this page: to see what §2 and §3 of the paper mean. */
export function WatchPage() {
  const t = useTexts();
  const [plan, setPlan] = useState(firstPlan);
  const [speed, setSpeed] = useState(1);
  const [world, setWorld] = useState<WatchedWorld>();
  useEffect(() => {
    const begun = new WatchedWorld(openWorld(), plan);
    setWorld(begun);
    // What moves by itself is not for everybody.
    if (!window.matchMedia('(prefers-reduced-motion: reduce)').matches) begun.play();
    return () => begun.close();
  }, [plan]);
  useEffect(() => {
    if (world) world.speed = speed;
  }, [world, speed]);
  return (
    <Page title={t('watch.title')} hint={t('watch.hint')} fill>
      {world && (
        <Watched
          world={world}
          controls={(playing) => (
            <div className="souk-watch-controls">
              <PlayControls {...{ world, playing, speed }} onSpeed={setSpeed} />
              <PlanControls plan={plan} onBegin={(chosen) => setPlan({ ...chosen })} />
            </div>
          )}
        />
      )}
    </Page>
  );
}

interface WatchedProps {
  readonly world: WatchedWorld;
  readonly controls: (playing: boolean) => React.ReactNode;
}

function Watched({ world, controls }: WatchedProps) {
  const t = useTexts();
  const { frame, happenings, playing, broken } = useSyncExternalStore(world.watch, world.view);
  const [canDraw, setCanDraw] = useState(true);
  return (
    <>
      {controls(playing)}
      {broken !== undefined && <Alert color="red">{t('watch.broken', { detail: broken })}</Alert>}
      <div className="souk-watch">
        <div className="souk-watch-main">
          {frame && <TallyRow tallies={frame.tallies} atMs={frame.atMs} />}
          {canDraw ? (
            <WatchPicture world={world} onCannot={() => setCanDraw(false)} />
          ) : (
            <Text size="sm">{t('watch.no-graphics')}</Text>
          )}
        </div>
        <div className="souk-watch-side">
          <MoneyTable currencies={frame?.currencies ?? []} />
          <EventList happenings={happenings} people={world.people} />
        </div>
      </div>
    </>
  );
}
