import { createTheme, type MantineColorsTuple } from '@mantine/core';
import { t } from '../i18n/index.ts';

/** The one accent: the green-blue of glazed tiles. */
const tile: MantineColorsTuple = [
  '#e9f7f5',
  '#d3ebe7',
  '#a6d7d0',
  '#76c2b7',
  '#4fb0a3',
  '#359f91',
  '#1f8a7c',
  '#137265',
  '#0d5f54',
  '#054b42',
];

/** Warm greys, so that paper is not blue. */
const gray: MantineColorsTuple = [
  '#faf9f7',
  '#f3f1ee',
  '#e8e5e0',
  '#d9d5cf',
  '#bfbab2',
  '#8f8a82',
  '#6b665f',
  '#514d47',
  '#35322e',
  '#211f1c',
];

const dark: MantineColorsTuple = [
  '#e6e3de',
  '#c5c1ba',
  '#a19c94',
  '#78736b',
  '#45423d',
  '#36332f',
  '#2a2825',
  '#1f1d1b',
  '#181715',
  '#11100f',
];

export const theme = createTheme({
  primaryColor: 'tile',
  // White text on it has a contrast of 4.5 at least, also in the dark.
  primaryShade: 7,
  colors: { tile, gray, dark },
  fontFamily: "'Inter Variable', system-ui, sans-serif",
  fontFamilyMonospace: "ui-monospace, 'SF Mono', 'Cascadia Mono', monospace",
  headings: { fontWeight: '620' },
  defaultRadius: 'md',
  autoContrast: true,
  cursorType: 'pointer',
  respectReducedMotion: true,
  components: {
    Tooltip: { defaultProps: { openDelay: 400, withArrow: true, multiline: true, maw: 320 } },
    Modal: {
      defaultProps: { centered: true, overlayProps: { backgroundOpacity: 0.35, blur: 2 } },
      styles: { title: { fontWeight: 600, overflowWrap: 'anywhere' } },
    },
    // Its cross says nothing to a screen reader; asked at each drawing, for the language changes.
    CloseButton: { defaultProps: () => ({ 'aria-label': t('action.close') }) },
    Paper: { defaultProps: { radius: 'lg' } },
  },
});
