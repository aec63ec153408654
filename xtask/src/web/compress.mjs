// Writes FILE.br and FILE.gz beside every FILE named on the command line, unless they are there and no older than it.
// Node compresses with native code; the same crates, unoptimised as our chores are built, would take a minute.
import { readFileSync, statSync, writeFileSync } from "node:fs";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

const changed = (file) => statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;

for (const file of process.argv.slice(2)) {
  if (Math.min(changed(`${file}.br`), changed(`${file}.gz`)) >= changed(file)) continue;
  const bytes = readFileSync(file);
  const quality = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length };
  const br = brotliCompressSync(bytes, { params: quality });
  const gz = gzipSync(bytes, { level: 9 });
  writeFileSync(`${file}.br`, br);
  writeFileSync(`${file}.gz`, gz);
  const kilobytes = (size) => `${Math.ceil(size / 1024)} KB`;
  console.error(`  ${file.split("/").pop()}: ${kilobytes(bytes.length)}, br ${kilobytes(br.length)}`);
}
