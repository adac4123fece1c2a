// Builds everything under src/tinhso/core/web/static/web and icons.json. The output is committed.
import { build } from "esbuild";
import { copyFile, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { execFileSync } from "node:child_process";
import { gzipSync } from "node:zlib";
import { icons } from "./icons.mjs";

const modules = new URL("node_modules/", import.meta.url).pathname;
const room = new URL("../src/tinhso/core/web/", import.meta.url).pathname;
const out = `${room}static/web/`;

await rm(out, { recursive: true, force: true });
await mkdir(`${out}fonts`, { recursive: true });
await mkdir(`${out}licences`, { recursive: true });

await build({
  entryPoints: { ts: "css/index.css" },
  outdir: out,
  bundle: true,
  minify: true,
  external: ["*.woff2", "*.woff", "*.svg"],
  target: ["chrome109", "firefox115", "safari16"],
});

await build({
  entryPoints: { desk: "js/desk.js", page: "js/page.js", wall: "js/wall.js" },
  outdir: out,
  bundle: true,
  minify: true,
  format: "iife",
  target: ["chrome109", "firefox115", "safari16"],
});

for (const subset of ["latin", "latin-ext", "vietnamese"])
  for (const weight of [400, 600, 700]) {
    const name = `be-vietnam-pro-${subset}-${weight}`;
    await copyFile(`${modules}@fontsource/be-vietnam-pro/files/${name}-normal.woff2`, `${out}fonts/${name}.woff2`);
  }

const python = process.env.PYTHON ?? "python3";
for (const weight of ["400", "600", "700"]) {
  const source = `${modules}@fontsource/be-vietnam-pro/files/be-vietnam-pro-latin-${weight}-normal.woff`;
  execFileSync(python, ["figures.py", source, `${out}fonts/tinhso-figures-${weight}.woff`, weight], { stdio: "inherit" });
}

// Without its map comment: hashed static storage refuses a file that names one it does not have.
const htmx = await readFile(`${modules}htmx.org/dist/htmx.min.js`, "utf8");
await writeFile(`${out}htmx.js`, htmx.replace(/\n?\/\/# sourceMappingURL=.*\s*$/, "\n"));

for (const name of ["mark.svg", "arches.svg"]) await copyFile(`img/${name}`, out + name);

const drawn = {};
for (const name of [...icons].sort()) {
  const svg = await readFile(`${modules}lucide-static/icons/${name}.svg`, "utf8");
  drawn[name] = svg.replace(/^[\s\S]*?<svg[^>]*>/, "").replace(/<\/svg>\s*$/, "").replace(/\s*\n\s*/g, "").replace(/ \/>/g, "/>");
}
await writeFile(`${room}icons.json`, `${JSON.stringify(drawn, null, 1)}\n`);

const licences = {
  "designsystemet-css": "@digdir/designsystemet-css/LICENSE",
  "be-vietnam-pro": "@fontsource/be-vietnam-pro/LICENSE",
  htmx: "htmx.org/LICENSE",
  lucide: "lucide-static/LICENSE",
};
for (const [name, path] of Object.entries(licences)) await copyFile(modules + path, `${out}licences/${name}.txt`);

for (const name of ["ts.css", "htmx.js", "page.js", "desk.js", "wall.js"]) {
  const bytes = await readFile(out + name);
  console.log(name.padEnd(10), `${(bytes.length / 1024).toFixed(1)} KB`, `(${(gzipSync(bytes, { level: 9 }).length / 1024).toFixed(1)} KB gzip)`);
}
