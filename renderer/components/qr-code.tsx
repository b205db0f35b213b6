import { create } from 'qrcode';
import { useMemo } from 'react';

/** A text to be read by a camera: dark on white also where the screen is dark. */
export function QrCode({ text, label }: { readonly text: string; readonly label: string }) {
  const { size, path } = useMemo(() => {
    const { modules } = create(text, { errorCorrectionLevel: 'M' });
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
      style={{ maxWidth: 224, borderRadius: 8, display: 'block' }}
    >
      <title>{label}</title>
      <rect x={-quiet} y={-quiet} width={side} height={side} fill="#fff" />
      <path d={path} fill="#111" />
    </svg>
  );
}
