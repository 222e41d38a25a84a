// `vite build --outDir FOLDER` makes the static files; `vite` alone serves them with a running nginx behind.
import { defineConfig } from 'vite';

const engine = 'http://127.0.0.1:8080';

export default defineConfig({
  build: { target: 'es2022', emptyOutDir: true, modulePreload: { polyfill: false } },
  server: { proxy: { '/classify': engine, '/describe': engine } },
});
