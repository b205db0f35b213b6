import { Button, Tabs } from '@mantine/core';
import { IconBan, IconQrcode, IconUserPlus, IconUsers } from '@tabler/icons-react';
import './neighbors.css';
import { Suspense, useRef } from 'react';
import { latePart } from '../../app/late-part.ts';
import { go, useRoute } from '../../app/route.ts';
import { Empty } from '../../components/empty.tsx';
import { Page } from '../../components/page.tsx';
import { useTexts } from '../../i18n/index.ts';
import { useAnswer } from '../../stores/use-answer.ts';
import { AddNeighbor } from './add-neighbor.tsx';
import { InviteDialog } from './invite-dialog.tsx';
import { NeighborDrawer } from './neighbor-drawer.tsx';
import {
  isNeighborPart,
  listedMax,
  type NeighborList,
  type NeighborPart,
  neighborParts,
} from './neighbor-views.ts';
import { NeighborsTable } from './neighbors-table.tsx';
import { PolicyLine } from './policy-line.tsx';
import { Requests } from './requests.tsx';
import { Suggestions } from './suggestions.tsx';

const NeighborMap = latePart(async () => (await import('./neighbor-map.tsx')).NeighborMap);

/**
 * The three lists, and those who knock. The address says what is shown: a part of the page, `add`, `invite`,
 * an invite's link, or else a peer, whose details come beside the part that was open before.
 */
export function NeighborsPage() {
  const t = useTexts();
  const { part } = useRoute();
  const shown = useRef<NeighborPart>('primary');
  if (isNeighborPart(part)) shown.current = part;
  const back = () => go('neighbors', shown.current);
  const invite = part?.startsWith('souk://') ? part : undefined;
  const adding = part === 'add' || invite !== undefined;
  const inviting = part === 'invite';
  const peer = part && !adding && !inviting && !isNeighborPart(part) ? part : undefined;
  return (
    <Page
      title={t('neighbors.title')}
      fill
      actions={
        <>
          <Button
            variant="default"
            leftSection={<IconQrcode size={17} stroke={1.7} />}
            onClick={() => go('neighbors', 'invite')}
          >
            {t('neighbors.invite')}
          </Button>
          <Button
            leftSection={<IconUserPlus size={17} stroke={1.7} />}
            onClick={() => go('neighbors', 'add')}
          >
            {t('neighbors.add')}
          </Button>
        </>
      }
    >
      <PolicyLine />
      <Parts shown={shown.current} />
      <div className="souk-neighbors" data-scroll={scrolls(shown.current) || undefined}>
        <Part part={shown.current} selected={peer} />
      </div>
      <NeighborDrawer peer={peer} onClose={back} />
      <AddNeighbor opened={adding} invite={invite} onClose={back} />
      <InviteDialog opened={inviting} onClose={back} />
    </Page>
  );
}

/** The lists and the map fill the window; what is to be decided is a column of cards. */
function scrolls(part: NeighborPart): boolean {
  return part === 'requests' || part === 'suggestions';
}

function Parts({ shown }: { readonly shown: NeighborPart }) {
  const t = useTexts();
  const neighbors = useAnswer('neighbors.list', { limit: listedMax }).data?.neighbors;
  const requests = useAnswer('introductions.list', { limit: listedMax }).data?.total;
  const suggestions = useAnswer('discoveries.list', { show: 'suggestions', limit: listedMax }).data
    ?.total;
  const counts: Readonly<Record<NeighborPart, number | undefined>> = {
    primary: neighbors?.filter(({ list }) => list === 'primary').length,
    secondary: neighbors?.filter(({ list }) => list === 'secondary').length,
    undesirable: neighbors?.filter(({ list }) => list === 'undesirable').length,
    requests,
    suggestions,
    map: undefined,
  };
  return (
    <Tabs value={shown} onChange={(part) => part && go('neighbors', part)} keepMounted={false}>
      <Tabs.List aria-label={t('neighbors.lists')} className="souk-tabs">
        {neighborParts.map((part) => (
          <Tabs.Tab
            key={part}
            value={part}
            fw={part === 'requests' && (requests ?? 0) > 0 ? 650 : undefined}
            rightSection={
              part === 'map' ? undefined : (
                <span className="souk-number souk-count">{counts[part] ?? ''}</span>
              )
            }
          >
            {t(`neighbors.list.${part}`)}
          </Tabs.Tab>
        ))}
      </Tabs.List>
    </Tabs>
  );
}

interface PartProps {
  readonly part: NeighborPart;
  readonly selected: string | undefined;
}

function Part({ part, selected }: PartProps) {
  switch (part) {
    case 'requests':
      return <Requests />;
    case 'suggestions':
      return <Suggestions />;
    case 'map':
      return (
        <Suspense fallback={null}>
          <NeighborMap />
        </Suspense>
      );
    default:
      return <ListPart list={part} selected={selected} />;
  }
}

interface ListPartProps {
  readonly list: NeighborList;
  readonly selected: string | undefined;
}

function ListPart({ list, selected }: ListPartProps) {
  const t = useTexts();
  const all = useAnswer('neighbors.list', { limit: listedMax }).data?.neighbors;
  if (all === undefined) return null;
  const empty = (
    <Empty
      icon={list === 'undesirable' ? IconBan : IconUsers}
      title={t(`neighbors.${list}.none.title`)}
      text={t(`neighbors.${list}.none.text`)}
      action={
        list === 'primary' && (
          <Button mt="sm" onClick={() => go('neighbors', 'add')}>
            {t('neighbors.add')}
          </Button>
        )
      }
    />
  );
  return (
    <NeighborsTable
      label={t(`neighbors.list.${list}`)}
      neighbors={all.filter((each) => each.list === list)}
      selected={selected}
      empty={empty}
      onOpen={(peer) => go('neighbors', peer)}
    />
  );
}
