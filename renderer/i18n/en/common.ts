export const common = {
  'nav.label': 'Pages',
  'nav.search': 'Search',
  'palette.placeholder': 'Go to…',
  'palette.nothing': 'Nothing by that name',
  'status.running': 'Running',
  'status.lost': 'The peer does not answer',
  'status.neighbors': '{count} neighbors',
  'status.today': 'Earned today',
  'peer.you': 'You',
  'unreachable.title': 'No peer behind this window',
  'unreachable.text':
    'Open Souk again: this address works only with the key that its start gave it.',
} as const;
