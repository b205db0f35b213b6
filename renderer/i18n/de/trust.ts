import type { trust as english } from '../en/trust.ts';

export const trust: Readonly<Record<keyof typeof english, string>> = {
  'policy.title': 'Mit wem du handelst',
  'policy.hint':
    'Neben den Nachbarn, die du selbst gewählt hast, kann dein Peer auch die fragen, die er bei guten Geschäften getroffen hat.',
  'policy.1': 'Regel 1: nur wen du gewählt hast',
  'policy.1.text':
    'Nur deine nahen Nachbarn werden um Gebote gebeten. Wer beim Handeln bekannt wird, wird dir vorgeschlagen, aber nie gefragt.',
  'policy.2': 'Regel 2: für dich auch, wen du bei guten Geschäften getroffen hast',
  'policy.2.text':
    'Wer bei einem Geschäft bekannt wird, das gut und unbestritten endete, wird von selbst ein weiterer Nachbar und für deine eigenen Suchen gefragt. Keiner deiner nahen Nachbarn kommt mit ihm in Berührung.',
  'policy.3': 'Regel 3: auch für andere',
  'policy.3.text':
    'Deine weiteren Nachbarn werden auch im Auftrag anderer gefragt, gegen Provision. Wird so ein Geschäft reklamiert, ist unerwünscht, wem du darin nicht vertraust.',
  'policy.now': 'Regel {policy}',
  'policy.switch': 'Regel',
  'neighbors.column.solicited': 'Gefragt für',
  'neighbors.solicited': 'Um Gebote gebeten für',
  'neighbors.solicited.nobody': 'niemanden',
  'neighbors.solicited.self': 'dich allein',
  'neighbors.solicited.everybody': 'dich und andere',
  'neighbors.origin.discovered': 'Bei einem Geschäft getroffen, das gut endete.',
  'neighbors.origin.contested': 'War an einem Geschäft beteiligt, das reklamiert wurde: {reason}.',
  'neighbors.origin.deal': 'Geschäft zeigen',
  'neighbors.marks': 'Reklamierte Geschäfte, an denen er beteiligt war',
  'neighbors.marks.forgiven': 'verziehen {when}: {reason}',
  'neighbors.marks.forgiven.plain': 'verziehen {when}',
  'neighbors.marks.at': '{when}: {reason}',
  'neighbors.forgive': 'Verzeihen und verschieben nach',
  'neighbors.forgive.text':
    'Was gegen ihn sprach, bleibt stehen, mit deinem Grund daneben. Ein neues reklamiertes Geschäft kann ihn hierher zurückbringen.',
  'contest.title': 'Reklamation',
  'contest.open': 'Geschäft reklamieren …',
  'contest.possible':
    'Ist das Dokument nicht gekommen oder nicht das gekaufte? Bis {until} kannst du dieses Geschäft einmal reklamieren.',
  'contest.possible.sealed':
    'Es wurde gegen seinen Schlüssel bezahlt. Ist es nicht das gekaufte Dokument, kannst du es bis {until} einmal allen Beteiligten sagen. Das Protokoll sieht keine Erstattung vor.',
  'contest.dialog.sealed':
    'Von diesem Geschäft steht nichts auf einem Anschreibekonto: Eine Erstattung ist nicht geschuldet und kommt nicht von selbst. {seller} bekommt gezeigt, was versprochen, bezahlt und offengelegt wurde, und gibt es an den eigenen Lieferanten weiter, wenn du dort erster Nachbar bist. Wer an diesem Geschäft beteiligt war und nicht auf deiner ersten Liste steht, ist für dich unerwünscht.',
  'contest.dialog.title': '„{title}“ reklamieren',
  'contest.dialog.text':
    '{seller} wird um den Preis gebeten. Bist du dort naher Nachbar, wird er dir in jedem Fall auf dem Anschreibekonto erstattet, und der eigene Lieferant wird gefragt. Wer an diesem Geschäft beteiligt war und keiner deiner nahen Nachbarn ist, ist für dich unerwünscht.',
  'contest.dialog.giveUp': 'Was noch unterwegs ist, wird aufgegeben.',
  'contest.dialog.reason': 'Was stimmt nicht?',
  'contest.dialog.note': 'Eine Zeile für den Verkäufer',
  'contest.dialog.go': 'Reklamieren',
  'contest.done': 'Reklamiert',
  'contest.reason.not-delivered': 'das Dokument ist nicht gekommen',
  'contest.reason.corrupt': 'was kam, ist nicht das gekaufte Dokument',
  'contest.reason.not-as-described': 'das Dokument ist nicht, was es sein sollte',
  'contest.made.sent':
    'Du hast dieses Geschäft reklamiert. Der Verkäufer wird gefragt, bis er antwortet.',
  'contest.made.refunded':
    'Der Verkäufer hat den Preis erstattet: Er steht nicht mehr auf deinem Anschreibekonto.',
  'contest.made.refused': 'Der Verkäufer erstattet den Preis nicht.',
  'contest.made.unanswered':
    'Der Verkäufer hat nicht rechtzeitig geantwortet. Der Preis ist verloren.',
  'contest.made.noted':
    'Der Verkäufer hat deine Reklamation und ihre Belege. Bezahlt wurde gegen den Schlüssel: Erstattet wird nichts.',
  'contest.supply.noted':
    'Dein Lieferant hat die Reklamation deines Käufers. Geschuldet war nichts, erstattet wird nichts.',
  'contest.taken.noted':
    'Dein Käufer hat dieses Geschäft reklamiert. Bezahlt wurde gegen den Schlüssel: Erstattet wird nichts; seine Belege stehen unten.',
  'contest.supply.sent':
    'Du hast deinen Lieferanten um seinen Preis gebeten. Er wird gefragt, bis er antwortet.',
  'contest.supply.refunded': 'Dein Lieferant hat seinen Preis erstattet.',
  'contest.supply.refused': 'Dein Lieferant behält seinen Preis: Du trägst ihn.',
  'contest.supply.unanswered':
    'Dein Lieferant hat nicht rechtzeitig geantwortet: Du trägst seinen Preis.',
  'contest.taken.refunded':
    'Dein Käufer hat dieses Geschäft reklamiert und den Preis zurückbekommen, wie jeder nahe Nachbar.',
  'contest.taken.refused':
    'Dein Käufer hat dieses Geschäft reklamiert. Er ist keiner deiner nahen Nachbarn: Der Preis bleibt bei dir.',
  'contest.latest': 'spätestens {time}',
  'contest.why': 'Grund',
  'contest.note': 'Bemerkung',
  'contest.at': 'Reklamiert',
  'contest.answer': 'Antwort',
  'contest.contradicted':
    'Der Käufer, der reklamiert hat, hatte zuvor unterschrieben, dass das Dokument vollständig ankam. Die Erstattung bleibt; bei seinem Käufer zählt das Geschäft als falsche Reklamation.',
  'contest.contradicted.own':
    'Du hattest zuvor unterschrieben, dass das Dokument vollständig ankam.',
  'contest.contradicted.key':
    'Der Schlüssel wurde gezeigt und bezahlt, das verschlüsselte Dokument war also da: Dass es nicht kam, ist widerlegt.',
  'contest.delivered':
    'Ein Käufer hat unterschrieben, dass das Dokument vollständig ankam; die Erklärung steht unten bei den Belegen.',
  'contest.short.sent': 'Reklamiert',
  'contest.short.refunded': 'Reklamiert, erstattet',
  'contest.short.refused': 'Reklamiert, abgelehnt',
  'contest.short.noted': 'Reklamiert, ohne Erstattung',
  'contest.short.unanswered': 'Reklamiert, keine Antwort',
  'deals.progress.contested': 'Reklamiert',
  'deals.fact.opening': 'Geöffnet von',
  'settings.notices.contests': 'Ein Geschäft wurde reklamiert, oder eine Reklamation endete',
};
