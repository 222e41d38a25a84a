// libsekisho through JNA: the functions of sekisho.h that the classes here use, and the reading of its structs.
package io.sekisho;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.PointerByReference;
import java.nio.charset.StandardCharsets;
import java.util.Map;

final class Library {
  private static final int RTLD_NOW = 2; // without RTLD_GLOBAL, JNA's default: no other library sees our symbols
  private static final int ERROR_SIZE = 512;

  static {
    String name = System.getProperty("sekisho.library", "sekisho"); // a path, or a name for JNA's search
    Native.register(
        Library.class, NativeLibrary.getInstance(name, Map.of(com.sun.jna.Library.OPTION_OPEN_FLAGS, RTLD_NOW)));
  }

  private Library() {}

  static native Pointer sekisho_status_name(int status);

  static native Pointer sekisho_version();

  static native Pointer sekisho_unicode_version();

  static native int sekisho_abi_version();

  static native int sekisho_taxonomy_load_builtin(PointerByReference out, Pointer error);

  static native int sekisho_taxonomy_load_file(PointerByReference out, byte[] path, long size, Pointer error);

  static native void sekisho_taxonomy_release(Pointer taxonomy);

  static native int sekisho_taxonomy_describe(Pointer out, Pointer taxonomy);

  static native int sekisho_slot_create(PointerByReference out, Pointer taxonomy, Pointer error);

  static native int sekisho_slot_load_file(Pointer slot, byte[] path, long size, Pointer error);

  static native int sekisho_slot_acquire(PointerByReference out, Pointer slot);

  static native long sekisho_slot_version(Pointer slot);

  static native int sekisho_scanner_create(PointerByReference out, Pointer taxonomy, Pointer options, Pointer error);

  static native void sekisho_scanner_free(Pointer scanner);

  static native int sekisho_scanner_classify(
      PointerByReference out, Pointer scanner, Pointer item, Pointer context, Pointer error);

  static native int sekisho_result_describe(Pointer out, Pointer result);

  static native int sekisho_result_list(Pointer out, Pointer result, long list);

  static native int sekisho_result_candidate(Pointer out, Pointer result, long list, long candidate);

  static native int sekisho_result_evidence(Pointer out, Pointer result, long list, long candidate, long evidence);

  static native int sekisho_result_missing(Pointer out, Pointer result, long list, long candidate, long missing);

  static native int sekisho_result_notice(Pointer out, Pointer result, long notice);

  static native int sekisho_result_json(PointerByReference out, Pointer size, Pointer result);

  /** A zeroed struct of that many bytes, its struct_size set. */
  static Memory struct(int size) {
    Memory memory = new Memory(size);
    memory.clear();
    memory.setInt(0, size);
    return memory;
  }

  static Memory error() {
    return struct(ERROR_SIZE);
  }

  /** Throws what `error` says; `error` may be null for a function that tells no more than its status. */
  static void check(int status, Pointer error) {
    if (status == 0) return;
    String name = text(sekisho_status_name(status));
    String message = error == null ? "" : error.getString(8, "UTF-8");
    throw new SekishoException(status, name, message.isEmpty() ? name : message);
  }

  /** The text whose pointer and size stand at `offset` of a struct. */
  static String text(Pointer struct, int offset) {
    long size = struct.getLong(offset + 8L);
    return size == 0 ? "" : text(struct.getPointer(offset), size);
  }

  static String text(Pointer bytes, long size) {
    return new String(bytes.getByteArray(0, Math.toIntExact(size)), StandardCharsets.UTF_8);
  }

  static String text(Pointer endedByNul) {
    return endedByNul.getString(0, "UTF-8");
  }
}
