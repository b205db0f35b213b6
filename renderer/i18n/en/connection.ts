export const connection = {
  'connection.lost.title': 'The peer does not answer',
  'connection.lost.text':
    'You see what it told last. This window goes on by itself as soon as the peer answers. If Souk was ended, start it again.',
  'unreachable.old.title': 'This window belongs to an earlier start',
  'unreachable.old.text':
    'Souk was started anew since, perhaps after an update, and each start has its own key. Nothing is lost: close this window and use the new one.',
  'unreachable.spent.title': 'This address was used already',
  'unreachable.spent.text':
    'An address opens Souk only once, and for ten minutes only, so that it is worth nothing in a history or a list of processes. If you opened it for the first time just now, somebody on this machine was faster: end Souk and start it anew.',
  'unreachable.how': 'This opens the window of the peer that runs:',
  'failed.title': 'This page cannot be shown',
  'failed.text':
    'Something in the window went wrong ({why}). Your peer runs on, and nothing is lost: load the window again.',
  'failed.again': 'Load again',
} as const;
