export const settings = {
  'settings.title': 'Settings',
  'settings.part.you': 'You',
  'settings.part.trading': 'Trading',
  'settings.part.network': 'Network',
  'settings.part.appearance': 'Appearance',
  'settings.part.notifications': 'Notifications',
  'settings.part.about': 'About',
  'settings.saved': 'Saved',
  'settings.undo': 'Undo changes',
  'settings.smallest-units': 'In the smallest unit of each currency',
  'settings.restart.title': 'Some of this holds from the next start',
  'settings.restart.text':
    'Stop Souk and open it again when it suits you; until then the old values hold.',
  'settings.error.least': 'At least {least}',
  'settings.error.most': 'At most {most}',
  'settings.error.number': 'Write a number',
  'settings.error.endpoint': 'Write it as https://host:port',
  'settings.name.title': 'Name',
  'settings.name.hint':
    'What neighbors see. It need not be unique: they know you by your key, whatever you call yourself.',
  'settings.name': 'Your name',
  'settings.key.title': 'Key',
  'settings.key.hint':
    'It signs everything you promise, and opens the money that others keep for you.',
  'settings.key.id': 'Your peer id',
  'settings.key.words': 'The same in words',
  'settings.key.words.hint':
    'Read them to a friend over the phone: if they see the same words, it is really you.',
  'settings.backup.title': 'Backup',
  'settings.backup.hint':
    'One file with your key, your books and your lists, without the documents. If this disk dies, it is the only way back to your money: nobody can reset a key.',
  'settings.backup.choose': 'Choose where to save it…',
  'settings.backup.file': 'File on the computer where your peer runs',
  'settings.backup.file.hint': 'The whole path. Best on another disk or a stick.',
  'settings.backup.write': 'Write backup',
  'settings.backup.written': 'Backup written',
  'settings.backup.written.text':
    'Copy it to another place, and keep it private: whoever has it can try to open your key. Make a new one now and then; “souk restore” makes a peer of it again.',
  'settings.commission.title': 'Commission',
  'settings.commission.hint':
    'What you add when a neighbor asks you and you find the document at another neighbor.',
  'settings.commission.flat': 'Flat',
  'settings.commission.share': 'And a share',
  'settings.commission.share.hint': 'Of what it costs you',
  'settings.commission.example':
    'For example: a document that costs you {price} you offer for {asked}, and keep {commission}.',
  'settings.strategy.title': 'Your sources',
  'settings.strategy.hint':
    'What your buyer learns when you find a document for it elsewhere. Each neighbor can be treated differently, in its details.',
  'settings.strategy.referral': 'Refer to the source',
  'settings.strategy.referral.hint':
    'Your buyer fetches the document from whoever has it, and gets to know that peer. Costs you nothing.',
  'settings.strategy.concealment': 'Conceal the source',
  'settings.strategy.concealment.hint':
    'You fetch the document, keep a copy and serve it yourself. It takes longer, and costs you bandwidth and disk; the surcharge pays for it.',
  'settings.strategy.surcharge': 'Surcharge for concealing',
  'settings.strategy.budget': 'Disk for kept copies',
  'settings.strategy.budget.hint': 'What is larger is not offered while you conceal.',
  'settings.sealed.title': 'Document against key',
  'settings.sealed.hint':
    'Between peers that do not trust each other: the document is sent encrypted, its price is held at the issuer, and only the key releases it. No key, no money.',
  'settings.sealed.offer': 'Offer it to',
  'settings.sealed.offer.hint':
    'You encrypt and send before you are paid; who never pays never gets the key.',
  'settings.sealed.offer.everybody': 'Everybody, so that chains can use it too',
  'settings.sealed.offer.others': 'All but my primary neighbors',
  'settings.sealed.offer.nobody': 'Nobody',
  'settings.sealed.buy': 'When I buy from others than primary neighbors',
  'settings.sealed.buy.hint':
    'It takes a transfer with its fee for each document, and twice its size on your disk for a while.',
  'settings.sealed.buy.prefer': 'Use it where it is offered',
  'settings.sealed.buy.require': 'Buy in no other way',
  'settings.sealed.buy.never': 'Do not use it',
  'settings.forwarding.title': 'Asking on',
  'settings.forwarding.hint':
    'When you do not have what a neighbor seeks, you may ask your other neighbors. That is how commissions arise.',
  'settings.forwarding.enabled': 'Ask my neighbors on behalf of others',
  'settings.forwarding.enabled.hint':
    'You pay their solicitation fees, and are paid yours: with a fee of 1 each, asking four neighbors costs 4 and brings 1.',
  'settings.forwarding.directory': 'Sell what my directory knows',
  'settings.forwarding.directory.hint':
    'A super node: where you know who has a document, you bid at its last price and your commission without asking anybody, and buy it there when your bid is accepted. If it is gone by then, the buyer is refunded.',
  'settings.forwarding.neighbors': 'Neighbors to ask at most',
  'settings.forwarding.neighbors.hint':
    'The fewer, the cheaper: with 4, no search of somebody else costs you more than 4 fees.',
  'settings.forwarding.margin': 'Time kept back for the way home',
  'settings.forwarding.margin.hint':
    'Of 5 seconds that a neighbor waits, 200 ms kept back leave your neighbors 4.8 seconds.',
  'settings.credit.title': 'Credit',
  'settings.credit.hint':
    'Neighbors keep tabs with each other, so that not every small thing needs a payment of its own.',
  'settings.credit.limit': 'A neighbor may owe you up to',
  'settings.credit.limit.hint':
    'In the smallest unit of each currency; strangers may owe nothing. It is what you can lose if a neighbor never pays.',
  'settings.credit.settle': 'Pay a debt when it reaches',
  'settings.credit.settle.hint': 'Lower: more payments and fees. Higher: more trust.',
  'settings.credit.settle.half': 'Half of the limit',
  'settings.credit.example':
    'For example: a neighbor who owes {settle} is due to pay; one who owes {limit} gets nothing more before.',
  'settings.asking.title': 'Searches',
  'settings.asking.hint': 'A search is a question to neighbors, and asking may cost a little.',
  'settings.asking.fee': 'What asking you costs, in your currency',
  'settings.asking.fee.hint':
    'With {example}, a neighbor who sends you a hundred searches owes you a hundred times that.',
  'settings.asking.fee.none':
    'What asking you costs in a currency you take is set where you accept it, in the wallet. You issue none of your own.',
  'settings.compare': 'What decides which bid is best',
  'settings.compare.hint':
    'In your searches, and where you choose a supplier to buy from for others.',
  'settings.compare.price': 'The price',
  'settings.compare.risk-adjusted': 'The price and the risk',
  'settings.compare.risk-adjusted.hint':
    'The price divided by the share of deals with the bidder that is expected to end well: 24 from one who always delivers is better than 20 from one who delivers every other time.',
  'settings.asking.budget': 'How long your own searches wait',
  'settings.asking.budget.hint':
    'After 5 seconds you see every bid that came; with 15, friends of friends of friends can answer too.',
  'settings.network.title': 'Where others reach you',
  'settings.network.hint':
    'Neighbors connect straight to this computer. Only they and those who want to be can say something.',
  'settings.network.now': 'Listening on port {port} now. Others are told:',
  'settings.network.port': 'Port',
  'settings.network.port.hint':
    'For example 7685. Behind a router, let it pass this port on to this computer. 0 takes any free one.',
  'settings.network.host': 'Address to listen on',
  'settings.network.host.hint':
    '0.0.0.0 is every network of this computer, 127.0.0.1 only programs on it.',
  'settings.network.endpoints': 'Addresses to tell others',
  'settings.network.endpoints.hint':
    'Leave it empty for the address of this computer. Behind a router write the one outside, as https://ada.example.org:7685.',
  'settings.limits.title': 'Speed',
  'settings.limits.hint':
    'What documents may take of your line. A song of 5 MB takes 10 seconds at 500 KB/s.',
  'settings.limits.none': 'No limit',
  'settings.limits.download': 'Downloads',
  'settings.limits.upload': 'Uploads',
  'settings.folder.title': 'Where bought documents go',
  'settings.folder.hint': 'What you bought before stays where it is.',
  'settings.folder.path': 'Folder on the computer where your peer runs',
  'settings.folder.path.hint': 'The whole path, as /home/ada/Bought.',
  'settings.folder.default': 'The folder “downloads” in the data directory',
  'settings.folder.choose': 'Choose a folder…',
  'settings.folder.back': 'Back to the usual one',
  'settings.appearance.title': 'Appearance',
  'settings.scheme': 'Colors',
  'settings.scheme.auto': 'As the system',
  'settings.scheme.light': 'Light',
  'settings.scheme.dark': 'Dark',
  'settings.language': 'Language',
  'settings.language.auto': 'As the system',
  'settings.seal.title': 'Passphrase',
  'settings.seal.hint': 'A sealed key file is of no use to whoever copies it.',
  'settings.seal.done': 'The key is sealed. Its passphrase is asked for at each start.',
  'settings.seal.open':
    'The key is kept plainly: whoever can read your files can take it, and your money.',
  'settings.seal.passphrase': 'New passphrase',
  'settings.seal.passphrase.hint':
    'At least {count} characters; several words are easy to keep in mind. It cannot be found again: note it down.',
  'settings.seal.again': 'The same again',
  'settings.seal.differ': 'The two differ.',
  'settings.seal.go': 'Seal the key',
  'settings.notices.title': 'Notifications',
  'settings.notices.hint': 'What Souk tells you while you look at something else.',
  'settings.notices.allow': 'Allow notifications',
  'settings.notices.denied':
    'This browser does not let Souk notify you. Allow it where the browser keeps the permissions of this page.',
  'settings.notices.no': 'This browser knows no notifications.',
  'settings.notices.downloads': 'A download is done',
  'settings.notices.searches': 'A watched search found something',
  'settings.notices.introductions': 'Somebody wants to be your neighbor',
  'settings.notices.tabs': 'A tab is near its limit',
  'settings.notices.discrepancies': 'The books of a neighbor differ from yours',
  'settings.notices.download.title': 'Download done',
  'settings.notices.introduction.title': 'Somebody wants to be your neighbor',
  'settings.notices.contest.title': 'News of a contest',
  'settings.notices.tab.text': '{name}: little of the limit in {symbol} is left.',
  'settings.notices.discrepancy.title': 'Books differ',
  'settings.desktop.title': 'On this desktop',
  'settings.desktop.hint': 'You earn only while Souk runs.',
  'settings.desktop.tray': 'Go on in the tray when the window is closed',
  'settings.desktop.login': 'Start with the system',
  'settings.about.title': 'About',
  'settings.about.hint': 'Souk: documents for money that people issue themselves.',
  'settings.about.version': 'Version',
  'settings.about.data': 'Data directory',
  'settings.about.memory': 'Memory',
  'settings.about.running': 'Running since',
  'settings.about.logs':
    'The log goes to where the peer was started: the terminal, or the file of the service that runs it.',
  'settings.about.wizard': 'Take the first steps again',
  'settings.about.updates': 'Look for updates',
  'settings.stop.title': 'Stop the peer',
  'settings.stop.hint': 'A stopped peer sells nothing, earns nothing and receives nothing.',
  'settings.stop': 'Stop the peer',
  'settings.stop.question': 'Stop the peer?',
  'settings.stop.text':
    'Neighbors cannot reach you until you start it again. Nothing is lost: deals under way go on then.',
  'settings.stop.downloads':
    'Documents on their way to you: {count}. They go on at the next start.',
  'settings.stop.uploads':
    'Documents on their way from you to others: {count}. They go on at the next start, if their buyers are still there.',
} as const;
