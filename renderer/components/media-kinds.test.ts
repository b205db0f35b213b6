import { describe, expect, it } from 'vitest';
import { formatName, kindOf } from './media-kinds.ts';

describe('kinds of documents', () => {
  it('take in the media types that nobody listed by their family', () => {
    expect([kindOf('application/pdf'), kindOf('image/x-icon'), kindOf('text/x-c')]).toEqual([
      'book',
      'image',
      'text',
    ]);
    expect(kindOf('application/octet-stream')).toBe('other');
  });

  it('have short names that people know', () => {
    expect(['application/pdf', 'audio/mpeg', 'application/x-tar'].map(formatName)).toEqual([
      'PDF',
      'MP3',
      'TAR',
    ]);
  });
});
