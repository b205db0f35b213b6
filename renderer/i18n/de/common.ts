import type { common as english } from '../en/common.ts';

export const common: Readonly<Record<keyof typeof english, string>> = {
  'nav.label': 'Seiten',
  'nav.search': 'Suchen',
  'palette.placeholder': 'Gehe zu …',
  'palette.nothing': 'Nichts mit diesem Namen',
  'status.running': 'Läuft',
  'status.lost': 'Der Peer antwortet nicht',
  'status.neighbors': '{count} Nachbarn',
  'status.today': 'Heute verdient',
  'peer.you': 'Du',
  'unreachable.title': 'Kein Peer hinter diesem Fenster',
  'unreachable.text':
    'Öffne Souk neu: Diese Adresse gilt nur mit dem Schlüssel, den der Start ihr gab.',
};
