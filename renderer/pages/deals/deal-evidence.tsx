import { Accordion, Button, CopyButton, Group, Text } from '@mantine/core';
import { IconCheck, IconCopy, IconSignature } from '@tabler/icons-react';
import { Fragment } from 'react';
import { PeerName } from '../../components/peer-name.tsx';
import { useTexts } from '../../i18n/index.ts';
import type { DealSide } from './deal-words.ts';
import { readStatement } from './statement-text.ts';

type Evidence = DealSide['evidence'][number];

/** The statements that this peer holds: readable, and as they were signed. */
export function DealEvidence({ evidence }: { readonly evidence: readonly Evidence[] }) {
  const t = useTexts();
  if (evidence.length === 0) {
    return (
      <Text size="sm" c="dimmed">
        {t('deals.evidence.none')}
      </Text>
    );
  }
  return (
    <Accordion multiple variant="contained">
      {evidence.map((each) => (
        <Statement key={each.text} {...each} />
      ))}
    </Accordion>
  );
}

function Statement({ kind, text }: Evidence) {
  const t = useTexts();
  const read = readStatement(text);
  return (
    <Accordion.Item value={text}>
      <Accordion.Control icon={<IconSignature size={18} stroke={1.6} />}>
        <Text size="sm" fw={540}>
          {t(`deals.evidence.${kind}`)}
          {read && (
            <Text span size="sm" c="dimmed">
              {` ${t('deals.evidence.signed')} `}
              <PeerName peer={read.signer} />
            </Text>
          )}
        </Text>
      </Accordion.Control>
      <Accordion.Panel>
        {read ? (
          <dl className="deal-fields">
            {read.fields.map(([name, value]) => (
              <Fragment key={name}>
                <Text component="dt" size="sm" c="dimmed">
                  {name}
                </Text>
                <dd dir="auto">{value.length > 400 ? `${value.slice(0, 400)}…` : value}</dd>
              </Fragment>
            ))}
          </dl>
        ) : (
          <Text size="sm">{t('deals.evidence.unreadable')}</Text>
        )}
        <Group mt="sm">
          <CopyButton value={text}>
            {({ copied, copy }) => (
              <Button
                size="xs"
                variant="default"
                leftSection={copied ? <IconCheck size={15} /> : <IconCopy size={15} />}
                onClick={copy}
              >
                {copied ? t('action.copied') : t('deals.evidence.copy')}
              </Button>
            )}
          </CopyButton>
        </Group>
      </Accordion.Panel>
    </Accordion.Item>
  );
}
