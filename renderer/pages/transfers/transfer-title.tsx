import { Text } from '@mantine/core';
import { PeerName } from '../../components/peer-name.tsx';
import { sizeText } from '../../components/units.ts';
import { useTexts } from '../../i18n/index.ts';

interface TransferTitleProps {
  readonly title: string;
  readonly sizeBytes: number;
  readonly from?: string;
  readonly to?: string;
}

/** A document on its way: what it is, and in a quiet line how large, and from or to whom. */
export function TransferTitle({ title, sizeBytes, from, to }: TransferTitleProps) {
  const t = useTexts();
  const peer = from ?? to;
  return (
    <div style={{ lineHeight: 1.35 }}>
      <Text inherit fw={520} dir="auto" truncate title={title}>
        {title}
      </Text>
      <Text size="xs" c="dimmed" truncate>
        <span className="souk-number">{sizeText(sizeBytes)}</span>
        {peer !== undefined && (
          <>
            {` · ${t(from === undefined ? 'transfers.to' : 'transfers.from')} `}
            <PeerName peer={peer} />
          </>
        )}
      </Text>
    </div>
  );
}
