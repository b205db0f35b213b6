import type { PeerId } from './peer-id.ts';

/**
 * A key in words, for two people to compare by voice: eight of 256 words, 64 bits of SHA-256 over the peer id.
 * Somebody who wants a key of their own with the same eight words has to try 2^64 keys.
 */

const wordCount = 8;

/** Short nouns and a few colors; no two begin with the same four letters, so half a word is enough. */
export const fingerprintList: readonly string[] = `
  acorn almond amber anchor anvil apple apron arbor archer atlas attic autumn avenue bacon
  badger bagel bakery bamboo banjo barley barrel basket beaver bishop blanket blossom bonfire
  bottle boulder bramble bridge bronze bucket butter cabin cactus camel candle canoe canvas
  carpet carrot castle cedar cellar chalk cherry chimney circus clover cobalt cobbler coconut
  coffee comet copper coral cotton cradle crayon cricket crystal cupboard curtain cushion
  dairy dancer denim desert diamond dolphin donkey dragon drummer eagle easel echo elbow
  engine ermine evening fabric falcon feather ferry fiddle finger fisher flannel flute forest
  fossil fountain freckle galaxy garden garlic gazelle geyser glacier gondola gopher granite
  gravel guitar hammer hatchet hazel hedgehog helmet heron honey horizon hotel iceberg igloo
  indigo insect iris island ivory jacket jaguar jasmine jelly jigsaw jungle juniper kayak
  kennel kettle kitchen kitten koala ladder lagoon lantern lemon lentil library lilac linen
  lobster lotus lumber lyric magnet mango maple meadow melon mermaid mirror morning mosaic
  muffin museum napkin nectar nickel nutmeg oasis oboe ocean olive onion opera orange
  orchid otter oven oyster paddle palace panther paper parsley pebble pelican pencil pepper
  piano pickle pigeon pillow planet pollen poppy potato prairie pumpkin puppet purple puzzle
  quarry quilt quiver rabbit radish rainbow raven ribbon river robin saffron salmon sandal
  sapphire scarf school shadow shovel slipper spider spoon squirrel stable sugar sunset
  swallow teapot temple thimble thunder ticket tiger timber tomato topaz tractor trumpet
  tulip tunnel turtle umbrella vanilla velvet village violin volcano voyage waffle wagon
  walnut walrus water wheel whisper window winter yarrow yellow yogurt zebra zenith zigzag
`
  .trim()
  .split(/\s+/);

/** The words for a peer, always the same: `sha256` is the digest's function, for the core brings none along. */
export function fingerprintWords(
  peer: PeerId,
  sha256: (bytes: Uint8Array) => Uint8Array,
): readonly string[] {
  const digest = sha256(new TextEncoder().encode(peer));
  return [...digest.subarray(0, wordCount)].map((byte) => fingerprintList[byte] ?? '');
}
