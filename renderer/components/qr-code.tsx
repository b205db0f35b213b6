import { Text } from '@mantine/core';
import { create } from 'qrcode';
import { useMemo } from 'react';
import { useTexts } from '../i18n/index.ts';

interface QrCodeProps {
  readonly text: string;
  readonly label: string;
  /** The largest width in pixels: long texts need more to be read. */
  readonly size?: number;
}

/** More fits into a code, up to a point, but no camera reads squares that small from a screen. */
const charactersMax = 1_800;
/** Beyond, fewer and larger squares help a camera more than squares to spare. */
const longText = 500;

/** A text to be read by a camera, or a word that it is too long for that. */
export function QrCode(props: QrCodeProps) {
  const t = useTexts();
  if (props.text.length <= charactersMax) return <Code {...props} />;
  return (
    <Text size="sm" c="dimmed">
      {t('qr.too-long')}
    </Text>
  );
}

/** Dark on white also where the screen is dark. */
function Code({ text, label, size: widthMax = 224 }: QrCodeProps) {
  const { size, path } = useMemo(() => {
    const { modules } = create(text, { errorCorrectionLevel: text.length > longText ? 'L' : 'M' });
    let drawn = '';
    for (let row = 0; row < modules.size; row++) {
      for (let column = 0; column < modules.size; column++) {
        if (modules.get(row, column)) drawn += `M${column} ${row}h1v1h-1z`;
      }
    }
    return { size: modules.size, path: drawn };
  }, [text]);
  const quiet = 3;
  const side = size + 2 * quiet;
  return (
    <svg
      role="img"
      aria-label={label}
      viewBox={`${-quiet} ${-quiet} ${side} ${side}`}
      width="100%"
      shapeRendering="crispEdges"
      style={{ maxWidth: widthMax, borderRadius: 8, display: 'block' }}
    >
      <title>{label}</title>
      <rect x={-quiet} y={-quiet} width={side} height={side} fill="#fff" />
      <path d={path} fill="#111" />
    </svg>
  );
}
