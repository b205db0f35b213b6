import type { common as english } from '../en/common.ts';

export const common: Readonly<Record<keyof typeof english, string>> = {
  'nav.label': 'Seiten',
  'nav.search': 'Suchen',
  'palette.placeholder': 'Gehe zu …',
  'palette.nothing': 'Nichts mit diesem Namen',
  'status.running': 'Läuft',
  'status.lost': 'Der Peer antwortet nicht',
  'status.neighbors': 'Nachbarn: {count}',
  'status.today': 'Heute verdient',
  'peer.you': 'Du',
  'amount.no-number': 'Schreib einen Betrag in Ziffern',
  'amount.too-many-decimals': 'Höchstens {decimals} Nachkommastellen',
  'amount.too-large': 'Mehr, als sich zählen lässt',
  'table.unfold': 'Mehr zeigen',
  'table.fold': 'Weniger zeigen',
  'action.cancel': 'Abbrechen',
  'action.close': 'Schließen',
  'action.save': 'Speichern',
  'action.copy': 'Kopieren',
  'action.copied': 'Kopiert',
  'unreachable.title': 'Kein Peer hinter diesem Fenster',
  'unreachable.text':
    'Öffne Souk neu: Diese Adresse gilt nur mit dem Schlüssel, den der Start ihr gab.',
  'demo.label': 'Probemarkt',
  'demo.starting': 'Der Probemarkt wird aufgebaut …',
  'demo.running': 'Probemarkt, Spielgeld',
  'demo.removing': 'Der Probemarkt wird abgebaut …',
  'demo.trading':
    'Nachgestellte Nachbarn handeln mit dir: {done} von {planned} Geschäften. Such und kauf auch du.',
  'demo.quiet': 'Von selbst handeln sie nicht mehr; sie verkaufen dir aber weiter.',
  'demo.remove': 'Probemarkt entfernen',
  'demo.remove.question': 'Den Probemarkt entfernen?',
  'demo.remove.text':
    'Seine Nachbarn hören auf, verschwinden von deinen Listen und zahlen nicht mehr; sein Geld, sein Ordner und seine Dateien verschwinden. Was gehandelt wurde, bleibt in deinem Journal, dessen Zeilen sich nie ändern.',
};
