// Bundles the page's script into dist/page.js, which the crate embeds.
import { build } from "esbuild";
import { statSync } from "node:fs";

await build({
  entryPoints: ["src/main.ts"],
  outfile: "dist/page.js",
  bundle: true,
  minify: true,
  format: "iife",
  target: "es2020",
  charset: "ascii",
  legalComments: "none",
  banner: { js: "/* entente; with graphology and sigma.js (MIT) */" },
  define: { "process.env.NODE_ENV": '"production"' },
});
console.log(`dist/page.js: ${Math.round(statSync("dist/page.js").size / 1024)} KiB`);
