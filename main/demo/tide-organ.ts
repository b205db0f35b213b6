/** The demo's large file: a recording that a formula makes, the same bytes wherever it runs. */

const samplesPerSecond = 22_050;
const seconds = 60;
const bytesPerSample = 2;
/** Five pipes, tuned to whole-number ratios; each swells with a tide of its own. */
const pipes = [
  { ratio: 1, tide: 1 },
  { ratio: 3 / 2, tide: 2 },
  { ratio: 2, tide: 3 },
  { ratio: 9 / 4, tide: 5 },
  { ratio: 3, tide: 7 },
];
const lowestHertz = 110;
/** Sines are read from a table of whole numbers: no machine rounds them otherwise than another. */
const tableSize = 4_096;
const loudest = 1_000;

/** A minute of sound as a WAV file: 16 bit, one channel, about 2.6 MB in three pieces of 1 MiB. */
export function tideOrgan(): Buffer {
  const sine = Int32Array.from({ length: tableSize }, (_, i) =>
    Math.round(loudest * Math.sin((2 * Math.PI * i) / tableSize)),
  );
  const at = (phase: number) => sine[Math.floor(phase) % tableSize] ?? 0;
  const samples = samplesPerSecond * seconds;
  const file = Buffer.alloc(44 + samples * bytesPerSample);
  writeHeader(file, samples * bytesPerSample);
  for (let i = 0; i < samples; i++) {
    let sum = 0;
    for (const { ratio, tide } of pipes) {
      const swell = loudest + at((tide * i * tableSize) / samples);
      sum += at((lowestHertz * ratio * i * tableSize) / samplesPerSecond) * swell;
    }
    file.writeInt16LE(Math.trunc(sum / 500), 44 + i * bytesPerSample);
  }
  return file;
}

function writeHeader(file: Buffer, dataBytes: number): void {
  file.write('RIFF', 0, 'latin1');
  file.writeUInt32LE(36 + dataBytes, 4);
  file.write('WAVEfmt ', 8, 'latin1');
  file.writeUInt32LE(16, 16);
  file.writeUInt16LE(1, 20);
  file.writeUInt16LE(1, 22);
  file.writeUInt32LE(samplesPerSecond, 24);
  file.writeUInt32LE(samplesPerSecond * bytesPerSample, 28);
  file.writeUInt16LE(bytesPerSample, 32);
  file.writeUInt16LE(16, 34);
  file.write('data', 36, 'latin1');
  file.writeUInt32LE(dataBytes, 40);
}
