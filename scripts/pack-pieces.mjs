// Packs the pieces that cargo-leptos cuts the wasm into. It cuts them at the finest: what two areas share and no third does becomes a
// file of its own. That makes hundreds of files of a few hundred bytes, which do not compress, and a first visit asks for a hundred of
// them. Here each area gets one file with all it needs: an empty wasm module whose custom sections are the modules of the pieces.
// What an area has brought already is not started again by the next.
// Usage: node scripts/pack-pieces.mjs BUNDLE_FOLDER
import { createHash } from "node:crypto";
import { readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

const bundle = process.argv[2];
const folder = `${bundle}/site/pkg`;
const compressed = ["", ".br", ".gz"];
const hashOf = (...parts) => parts.reduce((hash, part) => hash.update(part), createHash("md5")).digest("base64url");

function write(name, content) {
  const bytes = Buffer.from(content);
  const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length };
  writeFileSync(`${folder}/${name}`, bytes);
  writeFileSync(`${folder}/${name}.br`, brotliCompressSync(bytes, { params }));
  writeFileSync(`${folder}/${name}.gz`, gzipSync(bytes, { level: 9 }));
}

const remove = (name) => compressed.forEach((suffix) => rmSync(`${folder}/${name}${suffix}`));

/** An unsigned number as LEB128, as wasm writes it. */
function leb128(number) {
  const bytes = [];
  for (; number > 127; number >>>= 7) bytes.push((number & 127) | 128);
  return Buffer.from([...bytes, number]);
}

/** The section's kind is 0: custom. (WebAssembly Core Specification, 5.5.3.) */
function customSection(name, content) {
  const label = Buffer.from(name);
  const body = Buffer.concat([leb128(label.length), label, content]);
  return Buffer.concat([Buffer.from([0]), leb128(body.length), body]);
}

const emptyModule = Buffer.from("\0asm\x01\0\0\0", "latin1");
const hashes = Object.fromEntries(
  readFileSync(`${bundle}/hash.txt`, "utf8").trim().split("\n").map((line) => line.split(": ")),
);
const manifest = `__wasm_split_manifest.${hashes.manifest}.json`;
const loader = `__wasm_split.${hashes.split}.js`;
const main = `steward.${hashes.js}.js`;
const areas = Object.entries(JSON.parse(readFileSync(`${folder}/${manifest}`, "utf8")));
const cutLoader = readFileSync(`${folder}/${loader}`, "utf8");

const pieces = [...new Set(areas.flatMap(([, files]) => files))];
const numberOf = new Map(pieces.map((file, number) => [file, number]));
const packs = areas.map(([area, files]) => {
  const numbers = files.map((file) => numberOf.get(file));
  const sections = files.map((file, at) => customSection(`${numbers[at]}`, readFileSync(`${folder}/${file}.wasm`)));
  const content = Buffer.concat([emptyModule, ...sections]);
  const file = `${area}.${hashOf(content)}`;
  write(`${file}.wasm`, content);
  return { area, file, numbers };
});
pieces.forEach((file) => remove(`${file}.wasm`));

// What every piece imports from the main module, as the splitter lists it.
const [, shared] = /const \{([^}]*)\} = initSync/.exec(cutLoader);
const packedLoader = (mainName) => `import { initSync } from "./${mainName}";
const started = new Map();
let imports;
function importsOfPieces() {
  if (!imports) {
    const { ${shared} } = initSync(undefined, undefined);
    imports = { __wasm_split: { ${shared} } };
  }
  return imports;
}
function start(pack, number) {
  const [piece] = WebAssembly.Module.customSections(pack, \`\${number}\`);
  const starting = WebAssembly.instantiate(piece, importsOfPieces());
  starting.catch(() => started.delete(number));
  started.set(number, starting);
}
async function bring(file, numbers) {
  if (numbers.some((number) => !started.has(number))) {
    const pack = await WebAssembly.compileStreaming(fetch(new URL(file + ".wasm", import.meta.url)));
    numbers.filter((number) => !started.has(number)).forEach((number) => start(pack, number));
  }
  await Promise.all(numbers.map((number) => started.get(number)));
}
const loaderOf = (file, numbers) => async (callback, data) => {
  const isThere = await bring(file, numbers).then(() => true, (error) => (console.error(error), false));
  importsOfPieces().__wasm_split.__indirect_function_table.get(callback)(data, isThere);
};
${packs.map(({ area, file, numbers }) => `export const __wasm_split_load_${area} = loaderOf("./${file}", ${JSON.stringify(numbers)});`).join("\n")}
`;

// Other content needs other names: browsers keep for ever what they have got under one. The two name each other, so the names are made
// of the old ones, which stand for all that went in, and of this script.
const script = readFileSync(fileURLToPath(import.meta.url));
const manifestText = JSON.stringify(Object.fromEntries(packs.map(({ area, file }) => [area, [file]])));
const names = { split: hashOf(hashes.split, script), js: hashOf(hashes.js, script), manifest: hashOf(manifestText) };
const [newMain, newLoader] = [main.replace(hashes.js, names.js), loader.replace(hashes.split, names.split)];
// The main module goes on asking for the old name: the main script answers it with what it has imported.
const cutMain = readFileSync(`${folder}/${main}`, "utf8");
const packedMain = cutMain.replaceAll(`from"./${loader}"`, `from"./${newLoader}"`);
if (packedMain === cutMain) throw new Error(`${main} does not import ${loader}`);
[main, loader, manifest].forEach(remove);
write(newMain, packedMain);
write(newLoader, packedLoader(newMain));
write(manifest.replace(hashes.manifest, names.manifest), manifestText);
writeFileSync(`${bundle}/hash.txt`, Object.entries({ ...hashes, ...names }).map(([kind, hash]) => `${kind}: ${hash}\n`).join(""));

const left = readdirSync(folder).filter((file) => /^(chunk|split)_/.test(file));
if (left.length > 0) throw new Error(`no area needs ${left.join(", ")}`);
