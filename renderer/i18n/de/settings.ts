import type { settings as english } from '../en/settings.ts';

export const settings: Readonly<Record<keyof typeof english, string>> = {
  'settings.title': 'Einstellungen',
  'settings.part.you': 'Du',
  'settings.part.trading': 'Handel',
  'settings.part.network': 'Netz',
  'settings.part.appearance': 'Aussehen',
  'settings.part.notifications': 'Mitteilungen',
  'settings.part.about': 'Über',
  'settings.saved': 'Gespeichert',
  'settings.undo': 'Änderungen verwerfen',
  'settings.smallest-units': 'In der kleinsten Einheit jeder Währung',
  'settings.restart.title': 'Manches davon gilt ab dem nächsten Start',
  'settings.restart.text':
    'Beende Souk und öffne es wieder, wann es dir passt; bis dahin gelten die alten Werte.',
  'settings.error.least': 'Mindestens {least}',
  'settings.error.most': 'Höchstens {most}',
  'settings.error.number': 'Schreib eine Zahl',
  'settings.error.endpoint': 'Schreib es als https://host:port',
  'settings.name.title': 'Name',
  'settings.name.hint':
    'Was Nachbarn sehen. Er muss nicht einmalig sein: Sie kennen dich an deinem Schlüssel, wie auch immer du heißt.',
  'settings.name': 'Dein Name',
  'settings.key.title': 'Schlüssel',
  'settings.key.hint':
    'Er unterschreibt alles, was du versprichst, und öffnet das Geld, das andere für dich verwahren.',
  'settings.key.id': 'Deine Peer-ID',
  'settings.key.words': 'Dasselbe in Wörtern',
  'settings.key.words.hint':
    'Lies sie einem Freund am Telefon vor: Sieht er dieselben Wörter, bist es wirklich du.',
  'settings.backup.title': 'Sicherung',
  'settings.backup.hint':
    'Eine Datei mit deinem Schlüssel, deinen Büchern und deinen Listen, ohne die Dokumente. Geht diese Platte kaputt, führt nur sie zu deinem Geld zurück: Einen Schlüssel kann niemand zurücksetzen.',
  'settings.backup.choose': 'Speicherort wählen …',
  'settings.backup.file': 'Datei auf dem Rechner, auf dem dein Peer läuft',
  'settings.backup.file.hint':
    'Der ganze Pfad. Am besten auf einer anderen Platte oder einem Stick.',
  'settings.backup.write': 'Sicherung schreiben',
  'settings.backup.written': 'Sicherung geschrieben',
  'settings.backup.written.text':
    'Kopiere sie an einen anderen Ort und halte sie geheim: Wer sie hat, kann versuchen, deinen Schlüssel zu öffnen. Mach hin und wieder eine neue; „souk restore“ macht wieder einen Peer daraus.',
  'settings.commission.title': 'Provision',
  'settings.commission.hint':
    'Was du aufschlägst, wenn ein Nachbar dich fragt und du das Dokument bei einem anderen Nachbarn findest.',
  'settings.commission.flat': 'Fester Betrag',
  'settings.commission.share': 'Und ein Anteil',
  'settings.commission.share.hint': 'An dem, was es dich kostet',
  'settings.commission.example':
    'Zum Beispiel: Ein Dokument, das dich {price} kostet, bietest du für {asked} an und behältst {commission}.',
  'settings.strategy.title': 'Deine Quellen',
  'settings.strategy.hint':
    'Was dein Käufer erfährt, wenn du ein Dokument anderswo für ihn findest. Für jeden Nachbarn kann etwas anderes gelten; das steht bei ihm.',
  'settings.strategy.referral': 'Auf die Quelle verweisen',
  'settings.strategy.referral.hint':
    'Dein Käufer holt das Dokument bei dem, der es hat, und lernt ihn kennen. Kostet dich nichts.',
  'settings.strategy.concealment': 'Die Quelle verbergen',
  'settings.strategy.concealment.hint':
    'Du holst das Dokument, behältst eine Kopie und lieferst es selbst. Das dauert länger und kostet dich Bandbreite und Platz; der Aufschlag bezahlt es.',
  'settings.strategy.surcharge': 'Aufschlag fürs Verbergen',
  'settings.strategy.budget': 'Platz für behaltene Kopien',
  'settings.strategy.budget.hint': 'Was größer ist, bietest du nicht an, solange du verbirgst.',
  'settings.sealed.title': 'Dokument gegen Schlüssel',
  'settings.sealed.hint':
    'Zwischen Peers, die einander nicht trauen: Das Dokument kommt verschlüsselt, sein Preis wird beim Ausgeber gebunden, und nur der Schlüssel gibt ihn frei. Kein Schlüssel, kein Geld.',
  'settings.sealed.offer': 'Anbieten',
  'settings.sealed.offer.hint':
    'Du verschlüsselst und sendest, bevor du bezahlt wirst; wer nie bezahlt, bekommt nie den Schlüssel.',
  'settings.sealed.offer.everybody': 'Allen, damit auch Ketten es nutzen können',
  'settings.sealed.offer.others': 'Allen außer meinen nahen Nachbarn',
  'settings.sealed.offer.nobody': 'Niemandem',
  'settings.sealed.buy': 'Wenn ich von anderen als nahen Nachbarn kaufe',
  'settings.sealed.buy.hint':
    'Es kostet für jedes Dokument eine Überweisung mit ihrer Gebühr, und eine Weile den doppelten Platz.',
  'settings.sealed.buy.prefer': 'Nutzen, wo es angeboten wird',
  'settings.sealed.buy.require': 'Nur so kaufen',
  'settings.sealed.buy.never': 'Nicht nutzen',
  'settings.forwarding.title': 'Weiterfragen',
  'settings.forwarding.hint':
    'Hast du nicht, was ein Nachbar sucht, kannst du deine anderen Nachbarn fragen. So entstehen Provisionen.',
  'settings.forwarding.enabled': 'Meine Nachbarn im Auftrag anderer fragen',
  'settings.forwarding.enabled.hint':
    'Du zahlst ihre Anfragegebühren und bekommst deine: Bei je 1 kostet es 4, vier Nachbarn zu fragen, und bringt 1.',
  'settings.forwarding.directory': 'Verkaufen, was mein Verzeichnis weiß',
  'settings.forwarding.directory.hint':
    'Ein Superknoten: wo du weißt, wer ein Dokument hat, bietest du zum letzten Preis und deiner Provision, ohne jemanden zu fragen, und kaufst dort, wenn dein Gebot angenommen wird. Ist es dann nicht mehr da, wird dem Käufer erstattet.',
  'settings.forwarding.neighbors': 'Höchstens so viele Nachbarn fragen',
  'settings.forwarding.neighbors.hint':
    'Je weniger, desto billiger: Bei 4 kostet dich keine fremde Suche mehr als 4 Gebühren.',
  'settings.forwarding.margin': 'Zeit, die für den Rückweg bleibt',
  'settings.forwarding.margin.hint':
    'Wartet ein Nachbar 5 Sekunden und du behältst 200 ms zurück, haben deine Nachbarn 4,8 Sekunden.',
  'settings.credit.title': 'Kredit',
  'settings.credit.hint':
    'Nachbarn schreiben aneinander an, damit nicht jede Kleinigkeit eine eigene Zahlung braucht.',
  'settings.credit.limit': 'Ein Nachbar darf dir schulden bis',
  'settings.credit.limit.hint':
    'In der kleinsten Einheit jeder Währung; Fremde dürfen nichts schulden. So viel kannst du verlieren, wenn ein Nachbar nie zahlt.',
  'settings.credit.settle': 'Eine Schuld bezahlen ab',
  'settings.credit.settle.hint': 'Niedriger: mehr Zahlungen und Gebühren. Höher: mehr Vertrauen.',
  'settings.credit.settle.half': 'Die Hälfte der Kreditgrenze',
  'settings.credit.example':
    'Zum Beispiel: Wer dir {settle} schuldet, soll zahlen; wer {limit} schuldet, bekommt vorher nichts mehr.',
  'settings.asking.title': 'Suchen',
  'settings.asking.hint':
    'Eine Suche ist eine Frage an Nachbarn, und Fragen kann ein wenig kosten.',
  'settings.asking.fee': 'Was es in deiner Währung kostet, dich zu fragen',
  'settings.asking.fee.hint':
    'Bei {example} schuldet dir ein Nachbar, der dir hundert Suchen schickt, das Hundertfache.',
  'settings.asking.fee.none':
    'Was eine Frage in einer Währung kostet, die du annimmst, stellst du beim Annehmen in der Geldbörse ein. Eine eigene gibst du nicht aus.',
  'settings.compare': 'Was entscheidet, welches Gebot das beste ist',
  'settings.compare.hint': 'In deinen Suchen, und wo du für andere wählst, bei wem du kaufst.',
  'settings.compare.price': 'Der Preis',
  'settings.compare.risk-adjusted': 'Der Preis und das Risiko',
  'settings.compare.risk-adjusted.hint':
    'Der Preis, geteilt durch den Anteil der Geschäfte dort, die voraussichtlich gut ausgehen: 24 bei jemandem, der immer liefert, ist besser als 20 bei jemandem, der jedes zweite Mal liefert.',
  'settings.asking.budget': 'Wie lange deine Suchen warten',
  'settings.asking.budget.hint':
    'Nach 5 Sekunden siehst du alle Gebote, die kamen; bei 15 können auch Freunde von Freunden von Freunden antworten.',
  'settings.network.title': 'Wo andere dich erreichen',
  'settings.network.hint':
    'Nachbarn verbinden sich direkt mit diesem Rechner. Nur sie, und wer einer werden will, können etwas sagen.',
  'settings.network.now': 'Lauscht jetzt an Port {port}. Anderen wird gesagt:',
  'settings.network.port': 'Port',
  'settings.network.port.hint':
    'Zum Beispiel 7685. Hinter einem Router muss er diesen Port an diesen Rechner weiterleiten. 0 nimmt irgendeinen freien.',
  'settings.network.host': 'Adresse, an der gelauscht wird',
  'settings.network.host.hint':
    '0.0.0.0 heißt: alle Netze dieses Rechners. 127.0.0.1: nur Programme auf ihm.',
  'settings.network.endpoints': 'Adressen, die anderen gesagt werden',
  'settings.network.endpoints.hint':
    'Leer: die Adresse dieses Rechners. Hinter einem Router die von außen, etwa https://ada.example.org:7685.',
  'settings.limits.title': 'Geschwindigkeit',
  'settings.limits.hint':
    'Was Dokumente von deiner Leitung nehmen dürfen. Ein Lied von 5 MB braucht bei 500 KB/s 10 Sekunden.',
  'settings.limits.none': 'Keine Grenze',
  'settings.limits.download': 'Herunterladen',
  'settings.limits.upload': 'Hochladen',
  'settings.folder.title': 'Wohin gekaufte Dokumente kommen',
  'settings.folder.hint': 'Was du früher gekauft hast, bleibt, wo es ist.',
  'settings.folder.path': 'Ordner auf dem Rechner, auf dem dein Peer läuft',
  'settings.folder.path.hint': 'Der ganze Pfad, etwa /home/ada/Gekauft.',
  'settings.folder.default': 'Der Ordner „downloads“ im Datenverzeichnis',
  'settings.folder.choose': 'Ordner wählen …',
  'settings.folder.back': 'Zurück zum üblichen',
  'settings.appearance.title': 'Aussehen',
  'settings.scheme': 'Farben',
  'settings.scheme.auto': 'Wie das System',
  'settings.scheme.light': 'Hell',
  'settings.scheme.dark': 'Dunkel',
  'settings.language': 'Sprache',
  'settings.language.auto': 'Wie das System',
  'settings.seal.title': 'Passphrase',
  'settings.seal.hint': 'Eine versiegelte Schlüsseldatei nützt niemandem, der sie kopiert.',
  'settings.seal.done':
    'Der Schlüssel ist versiegelt. Bei jedem Start wird nach der Passphrase gefragt.',
  'settings.seal.open':
    'Der Schlüssel liegt offen: Wer deine Dateien lesen kann, kann ihn nehmen, und dein Geld.',
  'settings.seal.passphrase': 'Neue Passphrase',
  'settings.seal.passphrase.hint':
    'Mindestens {count} Zeichen; mehrere Wörter merkt man sich leicht. Sie lässt sich nicht wiederfinden: Schreib sie auf.',
  'settings.seal.again': 'Noch einmal dieselbe',
  'settings.seal.differ': 'Die beiden sind verschieden.',
  'settings.seal.go': 'Schlüssel versiegeln',
  'settings.notices.title': 'Mitteilungen',
  'settings.notices.hint': 'Was Souk dir sagt, während du woanders hinsiehst.',
  'settings.notices.allow': 'Mitteilungen erlauben',
  'settings.notices.denied':
    'Dieser Browser lässt Souk nichts mitteilen. Erlaube es dort, wo er die Rechte dieser Seite verwahrt.',
  'settings.notices.no': 'Dieser Browser kennt keine Mitteilungen.',
  'settings.notices.downloads': 'Ein Dokument ist angekommen',
  'settings.notices.searches': 'Eine Ausschau hat etwas gefunden',
  'settings.notices.introductions': 'Jemand möchte dein Nachbar sein',
  'settings.notices.tabs': 'Ein Anschreibekonto ist fast voll',
  'settings.notices.discrepancies': 'Die Bücher eines Nachbarn weichen von deinen ab',
  'settings.notices.download.title': 'Dokument angekommen',
  'settings.notices.introduction.title': 'Jemand möchte dein Nachbar sein',
  'settings.notices.contest.title': 'Neues zu einer Reklamation',
  'settings.notices.tab.text': '{name}: In {symbol} ist von der Kreditgrenze nur noch wenig frei.',
  'settings.notices.discrepancy.title': 'Bücher weichen ab',
  'settings.desktop.title': 'Auf diesem Rechner',
  'settings.desktop.hint': 'Du verdienst nur, solange Souk läuft.',
  'settings.desktop.tray': 'Im Infobereich weiterlaufen, wenn das Fenster geschlossen wird',
  'settings.desktop.login': 'Mit dem System starten',
  'settings.about.title': 'Über Souk',
  'settings.about.hint': 'Souk: Dokumente für Geld, das Menschen selbst ausgeben.',
  'settings.about.version': 'Version',
  'settings.about.data': 'Datenverzeichnis',
  'settings.about.memory': 'Arbeitsspeicher',
  'settings.about.running': 'Läuft seit',
  'settings.about.logs':
    'Das Protokoll geht dorthin, wo der Peer gestartet wurde: ins Terminal oder in die Datei des Dienstes, der ihn ausführt.',
  'settings.about.wizard': 'Die ersten Schritte noch einmal gehen',
  'settings.about.updates': 'Nach neuen Versionen sehen',
  'settings.stop.title': 'Den Peer beenden',
  'settings.stop.hint': 'Ein beendeter Peer verkauft nichts, verdient nichts und bekommt nichts.',
  'settings.stop': 'Den Peer beenden',
  'settings.stop.question': 'Den Peer beenden?',
  'settings.stop.text':
    'Nachbarn erreichen dich nicht, bis du ihn wieder startest. Nichts geht verloren: Laufende Geschäfte gehen dann weiter.',
  'settings.stop.downloads':
    'Dokumente, die zu dir unterwegs sind: {count}. Beim nächsten Start geht es weiter.',
  'settings.stop.uploads':
    'Dokumente, die von dir zu anderen unterwegs sind: {count}. Beim nächsten Start geht es weiter, wenn die Käufer noch da sind.',
};
