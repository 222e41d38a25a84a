// The taxonomies of this process: one slot for each pack, shared by all threads and class instances, never freed.
package io.sekisho;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.PointerByReference;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ConcurrentHashMap;

final class Taxonomies {
  static final String BUILT_IN = "";

  private static final int INFO_SIZE = 56; // up to as_of
  private static final ConcurrentHashMap<String, Pointer> SLOTS = new ConcurrentHashMap<>();

  private Taxonomies() {}

  static Pointer slot(String pack) {
    return SLOTS.computeIfAbsent(pack, Taxonomies::open);
  }

  /** Reads a pack anew. If that fails, the one in use stays. */
  static void reload(String pack) {
    Memory error = Library.error();
    byte[] path = pack.getBytes(StandardCharsets.UTF_8);
    Library.check(Library.sekisho_slot_load_file(slot(pack), path, path.length, error), error);
  }

  /** The taxonomy in the slot now; the caller releases it. */
  static Pointer acquire(Pointer slot) {
    PointerByReference out = new PointerByReference();
    Library.check(Library.sekisho_slot_acquire(out, slot), null);
    return out.getValue();
  }

  static Versions describe(String pack) {
    Pointer taxonomy = acquire(slot(pack));
    try {
      Memory info = Library.struct(INFO_SIZE);
      Library.check(Library.sekisho_taxonomy_describe(info, taxonomy), null);
      return new Versions(
          Library.text(Library.sekisho_version()),
          Library.sekisho_abi_version(),
          Library.text(Library.sekisho_unicode_version()),
          Library.text(info, 8),
          Library.text(info, 24),
          Library.text(info, 40));
    } finally {
      Library.sekisho_taxonomy_release(taxonomy);
    }
  }

  private static Pointer open(String pack) {
    Memory error = Library.error();
    PointerByReference taxonomy = new PointerByReference();
    Library.check(load(taxonomy, pack, error), error);
    try {
      PointerByReference slot = new PointerByReference();
      Library.check(Library.sekisho_slot_create(slot, taxonomy.getValue(), error), error);
      return slot.getValue();
    } finally {
      Library.sekisho_taxonomy_release(taxonomy.getValue());
    }
  }

  private static int load(PointerByReference out, String pack, Memory error) {
    if (pack.equals(BUILT_IN)) return Library.sekisho_taxonomy_load_builtin(out, error);
    byte[] path = pack.getBytes(StandardCharsets.UTF_8);
    return Library.sekisho_taxonomy_load_file(out, path, path.length, error);
  }
}
