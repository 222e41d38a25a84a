#!/bin/bash -eu
# Builds every fuzz target into $OUT, with its corpus and dictionary. What the targets read while they run (the compiled
# taxonomy, the small taxonomy of the golden tests, the sample, the library) goes along under the same paths: $OUT is /out
# when building and when fuzzing. SEKISHO_FUZZ_TARGETS="match facts": only these.
SOURCES=$OUT/sekisho BUILD=$WORK/build
mkdir -p "$SOURCES/fuzz/corpus" "$SOURCES/tests" "$SOURCES/taxonomy"
cp -r "$SRC"/sekisho/taxonomy/sample "$SOURCES/taxonomy/"
cp -r "$SRC"/sekisho/tests/golden "$SOURCES/tests/"
if [ -n "${SEKISHO_FUZZ_TARGETS:-}" ]; then
  read -ra targets <<<"$SEKISHO_FUZZ_TARGETS"
else
  mapfile -t targets < <(cd "$SRC/sekisho/fuzz" && ls ./*_fuzz.cc | sed 's/^\.\///;s/_fuzz\.cc$//')
fi
cmake -S "$SRC/sekisho" -B "$BUILD" -G Ninja -DBUILD_TESTING=OFF -DSEKISHO_WERROR=OFF \
  -DSEKISHO_FUZZ_ENGINE="$LIB_FUZZING_ENGINE" -DSEKISHO_FUZZ_DATA="$SOURCES" -DCMAKE_BUILD_RPATH_USE_ORIGIN=ON \
  -DCMAKE_BUILD_RPATH='$ORIGIN'
ninja -C "$BUILD" "${targets[@]/%/_fuzz}" sekisho_shared
cp "$BUILD/taxonomy.pack" "$SOURCES/"
cp -L "$BUILD"/lib/libsekisho.so.1 "$OUT/"
for name in "${targets[@]/%/_fuzz}"; do
  cp "$BUILD/bin/$name" "$OUT/"
  (cd "$SRC/sekisho/fuzz/corpus/$name" && zip -qr "$OUT/${name}_seed_corpus.zip" .)
  [ ! -f "$SRC/sekisho/fuzz/dictionaries/$name.dict" ] || cp "$SRC/sekisho/fuzz/dictionaries/$name.dict" "$OUT/"
done
