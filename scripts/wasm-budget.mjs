// What the first visit to each area downloads: the style sheet, the scripts, the main wasm and the area's pieces of it, as
// compressed by the build, and all of them together. Prints one `note:` a figure; ends with 1 when an area is over the budget.
// Usage: node scripts/wasm-budget.mjs BUNDLE_FOLDER
import { readFileSync, readdirSync, statSync } from "node:fs";

const BUDGET_BYTES = 450_000;
const folder = `${process.argv[2]}/site/pkg`;
const files = readdirSync(folder);
const bytes = (pattern) => {
  const found = files.filter((file) => pattern.test(file));
  if (found.length === 0) throw new Error(`nothing like ${pattern} in ${folder}`);
  return found.reduce((sum, file) => sum + statSync(`${folder}/${file}`).size, 0);
};

const common = { wasm: bytes(/^steward\..*\.wasm\.br$/), js: bytes(/\.js\.br$/), css: bytes(/\.css\.br$/) };
const base = Object.values(common).reduce((sum, size) => sum + size);
console.log(`note: everywhere ${base} bytes (brotli): wasm ${common.wasm}, js ${common.js}, css ${common.css}`);

const all = files.filter((file) => file.endsWith(".br"));
console.log(`note: all ${all.length} files together ${bytes(/\.br$/)} bytes (brotli)`);

const manifest = files.find((file) => /^__wasm_split_manifest\..*\.json$/.test(file));
const areas = Object.entries(JSON.parse(readFileSync(`${folder}/${manifest}`, "utf8")));
const visits = areas.map(([piece, chunks]) => {
  const own = chunks.reduce((sum, chunk) => sum + statSync(`${folder}/${chunk}.wasm.br`).size, 0);
  return { area: piece.replace(/_pages_\d+$/, ""), own, total: base + own, chunks: chunks.length };
});
visits.sort((one, other) => other.total - one.total);
// The pages under /dev are absent in production: told, but nobody's visit.
const counted = visits.filter(({ area }) => area !== "dev");
for (const { area, own, total, chunks } of visits)
  console.log(`note: first visit to ${area}: ${total} of ${BUDGET_BYTES} bytes (${own} of its own in ${chunks} files)`);

if (counted.length === 0 || counted[0].total > BUDGET_BYTES) {
  console.error(`the browser build is over its budget by ${counted[0]?.total - BUDGET_BYTES} bytes`);
  process.exit(1);
}
