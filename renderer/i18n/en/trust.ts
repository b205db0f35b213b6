export const trust = {
  'policy.title': 'Whom you trade with',
  'policy.hint':
    'Beside the neighbors that you chose yourself, your peer may ask those it met in good deals.',
  'policy.1': 'Policy 1: only whom you chose',
  'policy.1.text':
    'Only your primary neighbors are asked for bids. Who is met by trading is suggested to you, never used.',
  'policy.2': 'Policy 2: for yourself, whom you met in good deals, too',
  'policy.2.text':
    'Whoever is met in a deal that ended well and uncontested joins your secondary list by itself and is asked for your own searches. None of your neighbors is exposed to it.',
  'policy.3': 'Policy 3: for others, too',
  'policy.3.text':
    'Your secondary neighbors are also asked on behalf of others, for a commission. When such a deal is contested, whoever you do not trust in it becomes undesirable.',
  'policy.now': 'Policy {policy}',
  'policy.switch': 'Policy',
  'neighbors.column.solicited': 'Asked for',
  'neighbors.solicited': 'Asked for bids for',
  'neighbors.solicited.nobody': 'nobody',
  'neighbors.solicited.self': 'you alone',
  'neighbors.solicited.everybody': 'you and others',
  'neighbors.origin.discovered': 'Met in a deal that ended well.',
  'neighbors.origin.contested': 'Took part in a deal that was contested: {reason}.',
  'neighbors.origin.deal': 'Show the deal',
  'neighbors.marks': 'Contested deals it took part in',
  'neighbors.marks.forgiven': 'forgiven {when}: {reason}',
  'neighbors.marks.forgiven.plain': 'forgiven {when}',
  'neighbors.marks.at': '{when}: {reason}',
  'neighbors.forgive': 'Forgive and move to',
  'neighbors.forgive.text':
    'What spoke against it stays written down, with your reason beside it. A new contested deal may bring it back here.',
  'contest.title': 'Contest',
  'contest.open': 'Contest this deal…',
  'contest.possible':
    'Did it not come, or is it not what you bought? You can contest this deal once, until {until}.',
  'contest.possible.sealed':
    'It was paid against its key. If what came is not what you bought, you can tell everybody who took part, once, until {until}. By the protocol no refund is owed.',
  'contest.dialog.sealed':
    'Nothing of this deal stands on a tab: no refund is owed, and none will come by itself. {seller} is shown what was promised, paid and revealed, and passes it on to its supplier if you are its primary neighbor. Whoever took part in this deal and is not on your primary list becomes undesirable for you.',
  'contest.dialog.title': 'Contest “{title}”',
  'contest.dialog.text':
    '{seller} is asked for the price back. If you are its primary neighbor, it refunds you on your tab, whatever happened, and asks its own supplier. Whoever took part in this deal and is not on your primary list becomes undesirable for you.',
  'contest.dialog.giveUp': 'What is still on its way is given up.',
  'contest.dialog.reason': 'What is wrong?',
  'contest.dialog.note': 'A line for the seller',
  'contest.dialog.go': 'Contest',
  'contest.done': 'Contested',
  'contest.reason.not-delivered': 'the document did not come',
  'contest.reason.corrupt': 'what came is not the document that was bought',
  'contest.reason.not-as-described': 'the document is not what it was said to be',
  'contest.made.sent': 'You contested this deal. The seller is asked until it answers.',
  'contest.made.refunded': 'The seller gave the price back: its charge is off your tab.',
  'contest.made.refused': 'The seller does not give the price back.',
  'contest.made.unanswered': 'The seller did not answer in time. The price is lost.',
  'contest.made.noted':
    'The seller has your contest and its evidence. The deal was paid against its key: nothing is given back.',
  'contest.supply.noted':
    'Your supplier has your buyer’s contest. Nothing was owed, nothing is given back.',
  'contest.taken.noted':
    'Your buyer contested this deal. It was paid against its key: nothing is given back; its evidence is below.',
  'contest.supply.sent': 'You asked your supplier for its price. It is asked until it answers.',
  'contest.supply.refunded': 'Your supplier gave its price back.',
  'contest.supply.refused': 'Your supplier keeps its price: you bear it.',
  'contest.supply.unanswered': 'Your supplier did not answer in time: you bear its price.',
  'contest.taken.refunded':
    'Your buyer contested this deal and got the price back, as every primary neighbor does.',
  'contest.taken.refused':
    'Your buyer contested this deal. It is no primary neighbor of yours: the price stays with you.',
  'contest.latest': 'by {time} at the latest',
  'contest.why': 'Reason',
  'contest.note': 'Note',
  'contest.at': 'Contested',
  'contest.answer': 'Answer',
  'contest.contradicted':
    'The buyer who contested had signed before that the document arrived whole. The refund stays; the deal counts as a false contest in what you see of its buyer.',
  'contest.contradicted.own': 'You had signed before that the document arrived whole.',
  'contest.contradicted.key':
    'The key was shown and paid, so the encrypted document had come: that it did not is refuted.',
  'contest.delivered':
    'A buyer has signed that the document arrived whole; the statement is among the evidence below.',
  'contest.short.sent': 'Contested',
  'contest.short.refunded': 'Contested, refunded',
  'contest.short.refused': 'Contested, refused',
  'contest.short.noted': 'Contested, no refund',
  'contest.short.unanswered': 'Contested, no answer',
  'deals.progress.contested': 'Contested',
  'deals.fact.opening': 'Opened by',
  'settings.notices.contests': 'A deal was contested, or a contest ended',
} as const;
